import { join } from "node:path";
import { expect, test } from "vitest";
import { seeded } from "./history.ts";
import { killOnce, wrongAfterKill } from "./kill.ts";
import { tempDir } from "./support.ts";

/** `npm run soak -- store-kill` does the same as often as one likes. */
const DEATHS = 4;

test("a process killed at any moment loses no commit and leaves none half done", async () => {
  const path = join(tempDir(), "mail.db");
  const random = seeded(1);
  for (let n = 0; n < DEATHS; n += 1) {
    const told = await killOnce(path, Math.floor(random() * 60));
    expect(wrongAfterKill(path, told)).toEqual([]);
  }
}, 120_000);
