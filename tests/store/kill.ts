import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ACCOUNT, mustOpen } from "./support-core.ts";

const CHILD = fileURLToPath(new URL("./kill-child.ts", import.meta.url));

/**
 * Runs the child on the database and kills it `afterMs` after it began to write. Answers the last commit
 * that it told of, before its death.
 */
export async function killOnce(path: string, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, path], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = 0;
  let begun = false;
  for await (const chunk of child.stdout) {
    if (!begun) setTimeout(() => child.kill("SIGKILL"), afterMs);
    begun = true;
    const lines = String(chunk).split("\n");
    for (const line of lines.slice(0, -1)) told = Math.max(told, Number(line) || 0);
  }
  if (!begun) throw new Error("the child did not begin");
  return told;
}

/** What is wrong with the database after a death; empty when all is as it must be. */
export function wrongAfterKill(path: string, told: number): string[] {
  const wrong: string[] = [];
  const store = mustOpen(path);
  try {
    wrong.push(...store.check());
    const sync = store.syncStore(ACCOUNT);
    const inbox = sync.collections().find((collection) => collection.serverId === "in");
    if (inbox === undefined) return ["no inbox"];
    const key = Number(inbox.syncKey);
    if (key < told) wrong.push(`commit ${told} was told, the key is ${key}`);
    // Every answer added five and took one of the answer before.
    const expected = key * 5 - Math.max(0, key - 1);
    if (inbox.stored !== expected) wrong.push(`${inbox.stored} messages with key ${key}, not ${expected}`);
    const found = store.mail.page({ folderId: inbox.folderId, filter: "all", query: "body" }, 0, 1).total;
    if (found !== expected) wrong.push(`${found} messages are found, not ${expected}`);
    const outbox = store.drafts.outbox().map((item) => item.id);
    for (const id of outbox) if (store.drafts.get(id) === null) wrong.push(`outbox item ${id} without draft`);
    const { entry } = sync.outboxNext(1);
    if (entry !== null && entry.message.size !== 300_000) wrong.push(`size ${entry.message.size}`);
  } finally {
    store.close();
  }
  return wrong;
}
