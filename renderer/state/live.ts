import type { Result } from "../../shared/base/result.ts";
import type { CallError } from "../../shared/contract/define.ts";

/** What is known now. After a failure the last value stays, so that a view can keep showing it. */
export interface Snapshot<T> {
  readonly value: T | undefined;
  readonly error: CallError | null;
}

/** A value that is asked for while someone listens, and again whenever it may have changed. */
export interface Live<T> {
  subscribe(listener: () => void): () => void;
  /** The same object until something changed. */
  snapshot(): Snapshot<T>;
  refresh(): void;
}

/**
 * @param run asks once; answers that were overtaken by a newer question are dropped
 * @param watch listens to what may change the value, until the returned function is called
 */
export function createLive<T>(
  run: () => Promise<Result<T, CallError>>,
  watch: (changed: () => void) => () => void,
): Live<T> {
  const listeners = new Set<() => void>();
  let current: Snapshot<T> = { value: undefined, error: null };
  let running = false;
  let again = false;
  let unwatch = () => {};

  const refresh = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      const result = await run();
      if (again) continue;
      current = result.ok
        ? { value: result.value, error: null }
        : { value: current.value, error: result.error };
      for (const listener of [...listeners]) listener();
    } while (again);
    running = false;
  };

  return {
    subscribe(listener) {
      if (listeners.size === 0) {
        unwatch = watch(() => void refresh());
        void refresh();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) unwatch();
      };
    },
    snapshot: () => current,
    refresh: () => void refresh(),
  };
}
