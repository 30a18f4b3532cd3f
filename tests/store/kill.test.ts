import { join } from "node:path";
import { expect, test } from "vitest";
import { seeded } from "./history.ts";
import { killOnce, wrongAfterKill } from "./kill.ts";
import { tempDir } from "./support.ts";

/** `soak` does the same a thousand times with `killOnce` and `wrongAfterKill`. */
const DEATHS = 10;

test.each([1, 2])(
  "a process killed at any moment loses no commit and leaves none half done (%i)",
  async (seed) => {
    const path = join(tempDir(), "mail.db");
    const random = seeded(seed);
    for (let n = 0; n < DEATHS; n += 1) {
      const told = await killOnce(path, Math.floor(random() * 60));
      expect(wrongAfterKill(path, told)).toEqual([]);
    }
  },
  120_000,
);
