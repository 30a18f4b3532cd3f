import { join } from "node:path";
import type { Demo } from "../../shared/contract/control.ts";
import { startDemoServer } from "../demo/server.ts";
import { type Metric, metric } from "../frame/metric.ts";
import { type Asked, firstSync, inFolder, openMail, withMailbox } from "./support/client.ts";
import { middleRound, type Round } from "./support/figures.ts";

const MESSAGES = 5_000;
const ROUNDS = 3;

/** Messages in a second: the app's first sync, beside the same answers fetched and decoded and let go. */
export async function run(): Promise<Metric[]> {
  const server = await startDemoServer([`--messages=${MESSAGES}`]);
  try {
    const rounds: Round[] = [];
    // The first round warms up the compiler and the server; it does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const app = await syncOnce(server.account);
      const bare = await fetchOnce(server.account, app.asked);
      if (bare.count !== app.count || app.count < MESSAGES * 0.95)
        throw new Error(`the runs differ: ${app.count} and ${bare.count} messages`);
      if (round > 0) rounds.push({ ours: app.rate, peer: bare.rate });
    }
    return [
      metric({
        metric: "rate",
        unit: "messages/s",
        ...middleRound(rounds),
        peerName: "the same answers fetched and decoded, no store",
        better: "higher",
      }),
    ];
  } finally {
    await server.stop();
  }
}

interface Run {
  readonly count: number;
  /** Messages in a second. */
  readonly rate: number;
}

function syncOnce(account: Demo): Promise<Run & { readonly asked: readonly Asked[] }> {
  return inFolder(async (folder) => {
    const store = openMail(join(folder, "mail.db"));
    const began = performance.now();
    const asked = await firstSync(store, account);
    const seconds = (performance.now() - began) / 1000;
    const count = store.mail.folders().reduce((sum, { total }) => sum + total, 0);
    store.close();
    return { asked, count, rate: count / seconds };
  });
}

/** The requests of a first sync once more, from a new device, through the same mailbox. */
function fetchOnce(account: Demo, asked: readonly Asked[]): Promise<Run> {
  return withMailbox(account, async (mailbox) => {
    const keys = new Map<string, string>();
    let count = 0;
    const began = performance.now();
    await mailbox.connect();
    const folders = await mailbox.folders("0");
    if (!folders.ok) throw new Error(JSON.stringify(folders.error));
    for (const request of asked) {
      const syncKey = keys.get(request.collectionId) ?? "0";
      const answer = await mailbox.sync({ ...request, syncKey, commands: [] });
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      keys.set(request.collectionId, answer.value.syncKey);
      count += answer.value.added.length;
    }
    return { count, rate: count / ((performance.now() - began) / 1000) };
  });
}
