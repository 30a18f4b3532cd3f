import { type Metric, metric } from "../frame/metric.ts";
import { middleRound, type Round } from "./support/figures.ts";
import { type Opened, withWindows } from "./support/windows.ts";

const ROUNDS = 7;

/**
 * From starting the program to a usable inbox, offline, with 20,000 messages: every process new, the files in
 * the system's cache. The rounds alternate with those of an empty window.
 */
export function run(): Promise<Metric[]> {
  return withWindows(async ({ openApp, openEmpty }) => {
    const rounds: Round[] = [];
    await openAndClose(openEmpty);
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({ ours: await openAndClose(openApp), peer: await openAndClose(openEmpty) });
    }
    return [
      metric({
        metric: "usable-inbox",
        unit: "ms",
        ...middleRound(rounds),
        peerName: "an empty Electron window",
        better: "lower",
      }),
    ];
  });
}

async function openAndClose(open: () => Promise<Opened>): Promise<number> {
  const opened = await open();
  await opened.close();
  return opened.ms;
}
