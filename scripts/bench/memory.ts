import { setTimeout as sleep } from "node:timers/promises";
import { type Metric, metric } from "../frame/metric.ts";
import { middleRound, type Round } from "./support/figures.ts";
import { describeProcesses, memoryOf, processTree } from "./support/processes.ts";
import { type Opened, withWindows } from "./support/windows.ts";

const ROUNDS = 5;
const IDLE_MS = 5_000;

/** Memory of all processes together, idle, with 20,000 messages, beside an empty window's. */
export function run(): Promise<Metric[]> {
  return withWindows(async ({ openApp, openEmpty }) => {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({
        ours: await memoryAtRest("app", openApp),
        peer: await memoryAtRest("empty window", openEmpty),
      });
    }
    return [
      metric({
        metric: "pss",
        unit: "MB",
        ...middleRound(rounds),
        peerName: "an empty Electron window",
        better: "lower",
      }),
    ];
  });
}

async function memoryAtRest(name: string, open: () => Promise<Opened>): Promise<number> {
  const opened = await open();
  await sleep(IDLE_MS);
  const pids = processTree(opened.pid);
  const megabytes = memoryOf(pids) / 1e6;
  console.error(`${name}: ${megabytes.toFixed(1)} MB in\n${describeProcesses(pids)}`);
  await opened.close();
  return megabytes;
}
