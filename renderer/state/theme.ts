export type ThemeChoice = "system" | "light" | "dark";

/** The part of the browser that themes need, so that tests can stand in for it. */
export interface ThemeHost {
  readonly prefersDark: () => boolean;
  onPreference(listener: () => void): void;
  apply(theme: "light" | "dark"): void;
}

/** Keeps the page's theme in step with the choice and, where that says so, with the system. */
export function createTheme(host: ThemeHost, first: ThemeChoice): { choose(choice: ThemeChoice): void } {
  let choice = first;
  const apply = () => host.apply(choice === "system" ? (host.prefersDark() ? "dark" : "light") : choice);
  host.onPreference(apply);
  apply();
  return {
    choose(next) {
      choice = next;
      apply();
    },
  };
}
