import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seeded } from "./history.ts";
import { killOnce, wrongAfterKill } from "./kill.ts";

/** A database of its own for so many deaths, so that it does not grow without end. */
const DEATHS_EACH = 20;

const count = Number(process.argv[2] ?? 200);
const random = seeded(Number(process.argv[3] ?? 1));
let dir = "";
for (let n = 0; n < count; n += 1) {
  if (n % DEATHS_EACH === 0) dir = mkdtempSync(join(tmpdir(), "bulkhead-store-kill-"));
  const path = join(dir, "mail.db");
  const wrong = wrongAfterKill(path, await killOnce(path, Math.floor(random() * 120)));
  if (wrong.length > 0) {
    process.stdout.write(`death ${n + 1}: ${wrong.join("; ")}\nkept: ${dir}\n`);
    process.exit(1);
  }
  if ((n + 1) % DEATHS_EACH === 0 || n + 1 === count) {
    rmSync(dir, { recursive: true, force: true });
    process.stdout.write(`${n + 1} of ${count} deaths, nothing lost\n`);
  }
}
