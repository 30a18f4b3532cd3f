import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { AppState } from "./app-state.ts";
import type { Live, Snapshot } from "./live.ts";

const StateContext = createContext<AppState | null>(null);

export function StateProvider({ state, children }: { state: AppState; children: ReactNode }) {
  return <StateContext value={state}>{children}</StateContext>;
}

/** The live values and, through `bridge`, the calls. */
export function useAppState(): AppState {
  const state = useContext(StateContext);
  if (state === null) throw new Error("useAppState outside of StateProvider");
  return state;
}

/** What a live value is now; the component follows it while it is mounted. */
export function useLive<T>(live: Live<T>): Snapshot<T> {
  return useSyncExternalStore(live.subscribe, live.snapshot);
}
