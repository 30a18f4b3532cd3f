import { randomUUID } from "node:crypto";
import { networkInterfaces } from "node:os";
import type { Clock, Log, Random } from "../ports/basics.ts";

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(ms, 0x7fffffff));
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = { fraction: () => Math.random(), uuid: () => randomUUID() };

/** Warnings and errors to standard error, one JSON line each; facts hold no content by the port's rule. */
export const systemLog: Log = (level, event, facts) => {
  if (level === "warn" || level === "error") console.error(JSON.stringify({ level, event, ...facts }));
};

const WATCH_MS = 3_000;

/** Tells when the machine's addresses change: a cable, a Wi-Fi, a VPN. `online` is false when none is left. */
export function watchNetwork(onChange: (online: boolean) => void): () => void {
  const look = () =>
    Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal }) => !internal)
      .map(({ address }) => address)
      .sort()
      .join(" ");
  let seen = look();
  const timer = setInterval(() => {
    const now = look();
    if (now === seen) return;
    seen = now;
    onChange(now !== "");
  }, WATCH_MS);
  return () => clearInterval(timer);
}
