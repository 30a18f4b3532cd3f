import { randomBytes, scrypt } from "node:crypto";
import * as v from "valibot";
import { KEY_BYTES } from "./seal.ts";

/** scrypt (RFC 7914): memory is 128 * n * r bytes, 64 MiB at the least and 512 MiB at the most. */
const BLOCK = 8;
const MIN_LOG_N = 16;
const MAX_LOG_N = 19;
/** One guess should cost about this long on the machine that set the passcode, in milliseconds. */
const WANTED_MS = 250;

export const CostSchema = v.object({
  kdf: v.literal("scrypt"),
  logN: v.pipe(v.number(), v.integer(), v.minValue(MIN_LOG_N), v.maxValue(MAX_LOG_N)),
  r: v.literal(BLOCK),
  p: v.literal(1),
  salt: v.pipe(v.string(), v.maxLength(64), v.base64()),
});
export type Cost = v.InferOutput<typeof CostSchema>;

/** The key that a passcode stands for. The same characters typed on another system give the same key. */
export function passcodeKey(passcode: string, cost: Cost): Promise<Buffer> {
  const n = 2 ** cost.logN;
  const options = { N: n, r: cost.r, p: cost.p, maxmem: 256 * n * cost.r };
  const salt = Buffer.from(cost.salt, "base64");
  return new Promise((resolve, reject) => {
    scrypt(passcode.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/**
 * Cost for a new passcode, measured here: the work doubles until one derivation takes long enough.
 * `elapsed` answers how long a derivation took, in milliseconds.
 */
export async function newCost(
  elapsed: (derive: () => Promise<unknown>) => Promise<number> = measured,
): Promise<Cost> {
  const salt = randomBytes(32).toString("base64");
  const cost = (logN: number): Cost => ({ kdf: "scrypt", logN, r: BLOCK, p: 1, salt });
  let logN = MIN_LOG_N;
  let took = await elapsed(() => passcodeKey("measure", cost(logN)));
  while (took < WANTED_MS && logN < MAX_LOG_N) {
    logN += 1;
    took *= 2;
  }
  return cost(logN);
}

async function measured(derive: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await derive();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
