import { randomUUID } from "node:crypto";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Private copies of attachments that another program was asked to open. Each has a folder of its own,
 * readable by this user only; all are removed at quit, and at the next start if that did not happen.
 */
export function createOpenedFiles(folder: string) {
  return {
    /** A path that does not exist yet, ending in `name`. */
    async place(name: string): Promise<string> {
      const own = join(folder, randomUUID());
      await mkdir(own, { recursive: true, mode: 0o700 });
      return join(own, name);
    },
    /** Marks a copy read-only, so that nobody edits what will vanish. */
    seal: (path: string): Promise<void> => chmod(path, 0o400),
    clear: (): Promise<void> => rm(folder, { recursive: true, force: true }),
  };
}
