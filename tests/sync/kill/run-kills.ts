import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { type FakeExchange, startFakeExchange } from "../../fake-exchange/index.ts";
import {
  FRIEND,
  letter,
  linesOfStore,
  linesOfTruth,
  openClient,
  sameLines,
  USER,
} from "../integration/parts.ts";
import { seeded } from "../support/fake-clock.ts";
import { ChildLineSchema, type ChildOrders } from "./engine-child.ts";

export interface KillReport {
  readonly kills: number;
  /** Sends that a child had put into its outbox, as far as it lived to say so. */
  readonly queued: readonly string[];
  /** ClientIds of the submissions that the server accepted, in order. */
  readonly sent: readonly (string | null)[];
  /** How often each accepted message was delivered to its reader. */
  readonly received: readonly string[];
  readonly serverLines: readonly string[];
  readonly storeLines: readonly string[];
  /** Of the database's own check; empty when it is sound. */
  readonly damage: readonly string[];
  readonly requests: number;
}

const CHILD = fileURLToPath(new URL("./engine-child.ts", import.meta.url));
const SETTLE_MS = 60_000;

interface Life {
  readonly child: ChildProcess;
  readonly queued: string[];
  lines: readonly string[];
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
}

function begin(orders: ChildOrders): Life {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(orders)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("no output of the child");
  const ended = once(child, "close").then(() => undefined);
  const queued: string[] = [];
  const lines = createInterface({ input: child.stdout });
  let isReady = () => {};
  const life: Life = {
    child,
    queued,
    lines: [],
    ready: Promise.race([
      new Promise<void>((resolve) => {
        isReady = resolve;
      }),
      ended.then(() => Promise.reject(new Error(`the child ended by itself, code ${child.exitCode}`))),
    ]),
    ended,
  };
  lines.on("line", (text) => {
    const line = v.safeParse(ChildLineSchema, parsed(text));
    // A line may be cut by the kill.
    if (!line.success) return;
    if (line.output.kind === "ready") isReady();
    else if (line.output.kind === "queued") queued.push(line.output.clientId);
    else life.lines = line.output.lines;
  });
  return life;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function kill(life: Life): Promise<void> {
  life.child.kill("SIGKILL");
  await life.ended;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What other devices and people do meanwhile. */
async function disturb(server: FakeExchange, fraction: () => number, number: number): Promise<void> {
  const mailbox = server.mailbox(USER.name);
  const what = fraction();
  if (what < 0.5) {
    await server.deliver(USER.name, letter(number, `meanwhile ${number}`));
    return;
  }
  const items = [...mailbox.folders.values()].flatMap((folder) => [...folder.items.values()]);
  const item = items[Math.floor(fraction() * items.length)];
  if (item === undefined) return;
  if (what < 0.7) mailbox.change(item, { read: !item.read });
  else if (what < 0.85) mailbox.change(item, { flag: item.flag === 2 ? 0 : 2 });
  else mailbox.remove(item);
}

/**
 * Ends a process that syncs and sends, with SIGKILL, `count` times at moments that follow from `seed`, on one
 * database and against one server, while a user acts in it and others act on the server. Then lets one more
 * process come to rest and reports what is on both sides.
 */
export async function runKills(options: {
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}): Promise<KillReport> {
  const { count, seed } = options;
  const fraction = seeded(seed);
  const server = await startFakeExchange({ users: [USER, FRIEND] });
  const dir = mkdtempSync(join(tmpdir(), "bulkhead-kill-"));
  const path = join(dir, "mail.db");
  try {
    server.mailbox(USER.name).addFolder("Projects", "0");
    for (let number = 1; number <= 250; number += 1) await server.deliver(USER.name, letter(number));
    const queued: string[] = [];
    for (let life = 1; life <= count; life += 1) {
      const orders = { path, url: server.url, seed: seed * 1_000 + life, life, busy: true };
      const child = begin(orders);
      await child.ready;
      // The first lives are short, so that kills fall into the first pass too.
      const span = life <= 2 ? 120 : 350;
      const killAt = Date.now() + fraction() * span;
      for (let number = 0; Date.now() < killAt; number += 1) {
        await sleep(Math.min(5 + fraction() * 60, Math.max(0, killAt - Date.now())));
        await disturb(server, fraction, life * 1_000 + number);
      }
      await kill(child);
      queued.push(...child.queued);
      options.onProgress?.(life);
    }
    const { storeLines, damage } = await comeToRest(server, path, seed);
    const truth = server.truth(USER.name);
    return {
      kills: count,
      queued,
      sent: truth.sent.map(({ clientId }) => clientId),
      received: server
        .truth(FRIEND.name)
        .folders.flatMap(({ messages }) => messages.map(({ messageId }) => messageId)),
      serverLines: linesOfTruth(truth),
      storeLines,
      damage,
      requests: server.requests.length,
    };
  } finally {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function comeToRest(server: FakeExchange, path: string, seed: number) {
  const last = begin({ path, url: server.url, seed, life: 0, busy: false });
  await last.ready;
  const end = Date.now() + SETTLE_MS;
  while (!sameLines(last.lines, linesOfTruth(server.truth(USER.name))) && Date.now() < end) await sleep(100);
  await kill(last);
  const client = openClient({ path, url: server.url, seed });
  try {
    return { storeLines: linesOfStore(client.store), damage: client.store.check() };
  } finally {
    await client.close();
  }
}

/** What is wrong with a report, in words; empty when the promises were kept. */
export function broken(report: KillReport): readonly string[] {
  const faults: string[] = [];
  if (!sameLines(report.storeLines, report.serverLines)) {
    const ours = new Set(report.storeLines);
    const theirs = new Set(report.serverLines);
    const missing = report.serverLines.filter((line) => !ours.has(line));
    const extra = report.storeLines.filter((line) => !theirs.has(line));
    faults.push(`the store differs: missing ${JSON.stringify(missing)}, extra ${JSON.stringify(extra)}`);
  }
  const sent = new Set(report.sent);
  if (sent.size !== report.sent.length) faults.push("a message was accepted twice");
  if (new Set(report.received).size !== report.received.length) faults.push("a message was received twice");
  const lost = report.queued.filter((clientId) => !sent.has(clientId));
  if (lost.length > 0) faults.push(`queued and never sent: ${lost.join(", ")}`);
  faults.push(...report.damage.map((line) => `database: ${line}`));
  return faults;
}
