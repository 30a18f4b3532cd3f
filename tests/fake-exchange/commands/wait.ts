import type { Context } from "./context.ts";

/** Waits until a folder that matters changes, the time is over, or the client leaves. True: it changed. */
export function waitForChanges(
  context: Context,
  ms: number,
  matters: (folderId: string) => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (changed: boolean): void => {
      clearTimeout(timer);
      unwatch();
      context.gone.removeEventListener("abort", leave);
      resolve(changed);
    };
    const leave = (): void => finish(false);
    const timer = setTimeout(leave, ms);
    const unwatch = context.mailbox.watch((folderId) => {
      if (matters(folderId)) finish(true);
    });
    if (context.gone.aborted) finish(false);
    else context.gone.addEventListener("abort", leave);
  });
}
