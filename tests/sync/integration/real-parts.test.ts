import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type FakeExchange, startFakeExchange } from "../../fake-exchange/index.ts";
import {
  type Client,
  FRIEND,
  folderNamed,
  letter,
  linesOfStore,
  linesOfTruth,
  nothingWaits,
  openClient,
  queueMessage,
  rowsIn,
  sameLines,
  USER,
  until,
} from "./parts.ts";

interface Scene {
  readonly server: FakeExchange;
  client: Client;
  reopen(): Client;
}

async function scene(count: number): Promise<Scene> {
  const server = await startFakeExchange({ users: [USER, FRIEND] });
  server.mailbox(USER.name).addFolder("Projects", "0");
  for (let number = 1; number <= count; number += 1) await server.deliver(USER.name, letter(number));
  const dir = mkdtempSync(join(tmpdir(), "bulkhead-sync-"));
  const open = () => openClient({ path: join(dir, "mail.db"), url: server.url, seed: 5 });
  const made: Scene = {
    server,
    client: open(),
    reopen() {
      made.client = open();
      made.client.sync.start();
      return made.client;
    },
  };
  onTestFinished(async () => {
    await made.client.close();
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  });
  made.client.sync.start();
  return made;
}

function agree({ server, client }: Scene): boolean {
  const { store } = client;
  return nothingWaits(store) && sameLines(linesOfStore(store), linesOfTruth(server.truth(USER.name)));
}

async function expectAgreement(world: Scene): Promise<void> {
  await until(() => agree(world));
  expect(linesOfStore(world.client.store)).toEqual(linesOfTruth(world.server.truth(USER.name)));
  expect(nothingWaits(world.client.store)).toBe(true);
}

test("500 messages arrive, and changes go both ways", async () => {
  const world = await scene(500);
  await expectAgreement(world);
  const { store } = world.client;
  expect(rowsIn(store, "Inbox")).toHaveLength(500);

  const [first, second, third, fourth] = rowsIn(store, "Inbox");
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    throw new Error("no mail");
  }
  store.mail.setRead([first.id], true);
  store.mail.setFlag([second.id], true);
  store.mail.move([third.id], folderNamed(store, "Projects").id);
  store.mail.remove([fourth.id]);
  await expectAgreement(world);
  expect(rowsIn(store, "Projects").map(({ id }) => id)).toEqual([third.id]);

  await world.server.deliver(USER.name, letter(900, "from outside"));
  await until(() => rowsIn(store, "Inbox").some(({ subject }) => subject === "from outside"));
  await expectAgreement(world);
});

test("what was written offline goes out once when the server returns, after a restart", async () => {
  const world = await scene(20);
  await expectAgreement(world);
  await world.server.stop();
  const { store } = world.client;
  const [first] = rowsIn(store, "Inbox");
  if (first === undefined) throw new Error("no mail");
  store.mail.setFlag([first.id], true);
  queueMessage(store, "offline-1");
  queueMessage(store, "offline-2");
  await until(() => world.client.statuses.at(-1)?.state === "offline");
  expect(world.client.statuses.at(-1)).toMatchObject({ state: "offline", trouble: null });
  await world.client.close();

  await world.server.start();
  world.reopen();
  await expectAgreement(world);
  expect(world.server.truth(USER.name).sent.map(({ clientId }) => clientId)).toEqual([
    "offline-1",
    "offline-2",
  ]);
});

test("sending through cuts and delays delivers each message once, in order", async () => {
  const world = await scene(5);
  await expectAgreement(world);
  world.server.faults.add({ command: "SendMail", action: { kind: "cut", at: "after" } });
  world.server.faults.add({ command: "SendMail", skip: 1, action: { kind: "cut", at: "before" } });
  world.server.faults.add({
    command: "SendMail",
    skip: 2,
    action: { kind: "http", status: 503, headers: { "Retry-After": "1" } },
  });
  world.server.faults.add({ command: "SendMail", skip: 3, action: { kind: "duplicate" } });
  for (const id of ["one", "two", "three"]) queueMessage(world.client.store, id);
  await expectAgreement(world);
  const { sent } = world.server.truth(USER.name);
  expect(sent.map(({ clientId }) => clientId)).toEqual(["one", "two", "three"]);
  expect(sent.every(({ deliveries }) => deliveries === 1)).toBe(true);
});

test("a Sync whose answer is cut in the middle is repeated, and nothing is there twice", async () => {
  const world = await scene(0);
  for (let number = 1; number <= 120; number += 1) await world.server.deliver(USER.name, letter(number));
  world.server.faults.add({ command: "Sync", skip: 1, times: 3, action: { kind: "half" } });
  world.server.faults.add({ command: "Sync", skip: 4, action: { kind: "cut", at: "answer", bytes: 2_000 } });
  world.server.faults.add({ command: "Sync", skip: 5, action: { kind: "garbage", bytes: 500 } });
  await expectAgreement(world);
  expect(world.client.store.check()).toEqual([]);
});

test("a password that is refused is not tried again by itself", async () => {
  const world = await scene(5);
  await expectAgreement(world);
  world.server.faults.add({ times: 100, action: { kind: "http", status: 401 } });
  world.client.sync.syncNow();
  await until(() => world.client.statuses.at(-1)?.trouble?.kind === "sign-in");
  const asked = world.server.requests.length;
  queueMessage(world.client.store, "later");
  world.client.sync.syncNow();
  world.client.sync.wake();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(world.server.requests.length).toBe(asked);
  world.server.faults.clear();
  world.client.sync.credentialsChanged();
  await expectAgreement(world);
});

test("the server's own kinds of no: 449 in the middle, 503 with a time, 500", async () => {
  const world = await scene(150);
  world.server.faults.add({ command: "Sync", skip: 2, action: { kind: "http", status: 449 } });
  world.server.faults.add({ command: "Sync", skip: 2, action: { kind: "http", status: 500 } });
  world.server.faults.add({
    command: "FolderSync",
    action: { kind: "http", status: 503, headers: { "Retry-After": "2" } },
  });
  await expectAgreement(world);
  expect(world.server.faults.hits).toBe(3);
  expect(world.server.requests.some(({ command }) => command === "Provision")).toBe(true);
  expect(rowsIn(world.client.store, "Inbox")).toHaveLength(150);
});

test("a body too long for the list is fetched when it is opened", async () => {
  const world = await scene(3);
  const long = { ...letter(77, "long one"), html: `<p>${"word ".repeat(60_000)}</p>` };
  await world.server.deliver(USER.name, long);
  await expectAgreement(world);
  const { store } = world.client;
  const row = rowsIn(store, "Inbox").find(({ subject }) => subject === "long one");
  if (row === undefined) throw new Error("no mail");
  const length = () => {
    const body = store.mail.open(row.id)?.body;
    return body?.kind === "html" ? body.html.length : 0;
  };
  expect(length()).toBeLessThan(200_000);
  expect(store.mail.wantBody(row.id)).toBe(true);
  await until(() => length() > 290_000);
  expect(length()).toBeGreaterThan(290_000);
});
