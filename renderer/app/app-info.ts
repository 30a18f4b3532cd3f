/** What main says of the app itself. */
export interface AppInfo {
  readonly version: string;
  readonly platform: "linux" | "darwin" | "win32";
  readonly demo: { readonly server: string; readonly address: string; readonly password: string } | null;
}
