import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useState } from "react";
import { useAppState } from "../state/context.tsx";
import type { Memory, Remembered } from "../state/remembered.ts";
import type { createTheme } from "../state/theme.ts";

export interface Preferences {
  readonly values: Remembered;
  /** Shows a change at once; `keep` also writes it down. */
  change(part: Partial<Remembered>, keep: boolean): void;
}

const PreferencesContext = createContext<Preferences | null>(null);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error("usePreferences outside of PreferencesProvider");
  return preferences;
}

export function PreferencesProvider({
  memory,
  theme,
  children,
}: {
  memory: Memory;
  theme: ReturnType<typeof createTheme>;
  children: ReactNode;
}) {
  const { main } = useAppState().bridge;
  const [values, setValues] = useState(() => memory.read());
  const preferences = useMemo<Preferences>(
    () => ({
      values,
      change(part, keep) {
        setValues((now) => ({ ...now, ...part }));
        if (keep) memory.change(part);
        if (part.theme === undefined) return;
        theme.choose(part.theme);
        void main.app.theme({ source: part.theme });
      },
    }),
    [values, memory, theme, main],
  );
  useLayoutEffect(() => {
    document.documentElement.dataset.density = values.density;
  }, [values.density]);
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}
