/** What an end-to-end test needs to know of the desktop session it runs in. */
export interface TestSession {
  readonly folder: string;
  /** Runs Electron inside the session, as its owner. */
  readonly launcher: string;
  /** The same on a desktop without a keychain. */
  readonly bareLauncher: string;
  /** The same, as plain Node. */
  readonly nodeLauncher: string;
  readonly appFolder: string;
  /** A script for Electron's `-r`: the app waits for its driver. */
  readonly holdStart: string;
  /** The ordinary user that runs the app, or null: whoever runs the tests. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  readonly env: Readonly<Record<string, string>>;
}

declare module "vitest" {
  interface ProvidedContext {
    session: TestSession;
  }
}
