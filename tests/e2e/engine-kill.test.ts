import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateMailbox } from "../fake-exchange/generator/mailbox.ts";
import { Dice } from "../fake-exchange/generator/random.ts";
import { type FakeExchange, startFakeExchange } from "../fake-exchange/index.ts";
import { mailMessage } from "../fake-exchange/mail/message.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { allRows } from "./support/list.ts";
import { mailWindow } from "./support/mailbox.ts";
import { commandLine } from "./support/processes.ts";

const OWNER = { name: "Anna Lindqvist", email: "anna@halden.example" };
const BEN = { name: "Ben Okafor", email: "ben@halden.example" };
/** `npm run soak -- engine-kill COUNT SEED` asks for more, and for others. */
const KILLS = Number(process.env.BULKHEAD_KILLS ?? 8);
const SEED = Number(process.env.BULKHEAD_KILL_SEED ?? 20261121);
const PATIENCE = { timeout: 60_000, interval: 100 };

const dice = new Dice(SEED);
let server: FakeExchange;
let running: RunningApp;
const view = () => mailWindow(running.window);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  server = await startFakeExchange({
    users: [
      {
        ...{ name: "anna", password: "secret", address: OWNER.email, displayName: OWNER.name },
        mailbox: generateMailbox({ seed: SEED, count: 150, owner: OWNER, now: Date.now() }),
      },
      { name: "ben", password: "secret", address: BEN.email, displayName: BEN.name },
    ],
  });
  // The server takes its time, and does the work also for a client that is gone by then.
  server.faults.add({ when: isSend, times: Number.POSITIVE_INFINITY, action: { kind: "delay", ms: 300 } });
  running = await launchApp();
});
afterAll(async () => {
  await running?.close();
  await server?.close();
});

/** The engine's process; undefined in the moment when there is none. */
function enginePid(): number | undefined {
  return running.pids().find((pid) => commandLine(pid).includes("--utility-sub-type=node.mojom.NodeService"));
}

async function endEngine(): Promise<number> {
  await expect.poll(enginePid, PATIENCE).toBeDefined();
  const pid = enginePid() ?? 0;
  process.kill(pid, "SIGKILL");
  return pid;
}

async function fromBen(subject: string): Promise<void> {
  const messageId = `<${subject.replaceAll(" ", "-")}@halden.example>`;
  const facts = { from: BEN, to: [OWNER], subject, date: Date.now(), messageId };
  await server.deliver("anna", mailMessage({ ...facts, text: "Yes or no?", html: "<p>Yes or no?</p>" }));
}

const isSend = ({ command }: { readonly command: string }) => /^(SendMail|SmartReply)$/.test(command);

/** Waits that long, or until an answer is on its way to the server: there a kill hurts most. */
async function randomMoment(most: number): Promise<void> {
  const seen = server.requests.length;
  const end = Date.now() + dice.int(0, most);
  while (Date.now() < end && !server.requests.slice(seen).some(isSend)) await sleep(10);
}

/** What other devices do meanwhile. */
function disturb(): void {
  const mailbox = server.mailbox("anna");
  const items = [...(mailbox.folderNamed("Inbox")?.items.values() ?? [])];
  // The newest are those that the person answers.
  const item = dice.pick(items.slice(0, -20));
  if (dice.chance(0.4)) mailbox.change(item, { read: !item.read });
  else if (dice.chance(0.5)) mailbox.change(item, { flag: item.flag === 2 ? 0 : 2 });
  else mailbox.remove(item);
}

/** Answers as a person would: what did not work is tried again, until the window says that it goes out. */
async function answer(subject: string): Promise<void> {
  const { page } = view();
  const panel = page.locator(".compose-panel");
  const text = panel.locator("[contenteditable=true]").first();
  await patiently(async () => {
    if ((await panel.getByText("This draft cannot be opened").count()) > 0) {
      await panel.getByRole("button", { name: "Close" }).click({ timeout: 2_000 });
    }
    if ((await panel.count()) === 0) {
      await view().row(subject).click({ timeout: 8_000 });
      await page.getByRole("heading", { name: subject, exact: true }).waitFor({ timeout: 8_000 });
      await page.keyboard.press("r");
    }
    await text.waitFor({ timeout: 8_000 });
  });
  await page.keyboard.type("Yes.");
  await patiently(async () => {
    await page.keyboard.press("Control+Enter");
    await panel.waitFor({ state: "detached", timeout: 8_000 });
  });
}

function patiently(work: () => Promise<void>): Promise<void> {
  const worked = () =>
    work().then(
      () => true,
      () => false,
    );
  return expect.poll(worked, { ...PATIENCE, timeout: 90_000 }).toBe(true);
}

function shown(name: string) {
  const found = server.truth("anna").folders.find((folder) => folder.name === name);
  if (found === undefined) throw new Error(`no folder ${name}`);
  return found.messages.map(({ subject, read, flag }) => ({ subject, unread: !read, flagged: flag === 2 }));
}
const bySubject = (rows: readonly { readonly subject: string }[]) =>
  rows.map((row) => JSON.stringify(row)).sort();

describe("the engine's process ends at random moments", () => {
  it("while the first mail comes", async () => {
    await view().addAccount({
      ...{ address: OWNER.email, password: "secret", server: server.url, userName: "anna" },
    });
    await view().usable();
    await endEngine();
    await expect.poll(view().count, PATIENCE).toBe(shown("Inbox").length);
  });

  it(
    `${KILLS} times while mail comes and goes, and the window goes on by itself each time`,
    async () => {
      for (let round = 1; round <= KILLS; round += 1) {
        await fromBen(`Question ${round}.`);
        disturb();
        await view().row(`Question ${round}.`).waitFor({ timeout: 60_000 });
        const moment = randomMoment(1_500).then(endEngine);
        const [ended] = await Promise.all([moment, answer(`Question ${round}.`)]);
        await expect.poll(enginePid, PATIENCE).not.toBe(ended);
      }
    },
    KILLS * 20_000,
  );

  it("while an answer goes out that the server takes, and the engine does not hear so", async () => {
    await fromBen("Last question.");
    await answer("Last question.");
    const sends = () => server.requests.filter(isSend).length;
    const before = sends();
    await expect.poll(sends, { ...PATIENCE, interval: 10 }).toBeGreaterThan(before);
    await endEngine();
  });

  it("loses nothing, and sends nothing twice", async () => {
    const { page } = view();
    const expected = Array.from({ length: KILLS }, (_, index) => `Re: Question ${index + 1}.`);
    expected.push("Re: Last question.");
    expected.sort();
    const benGot = () =>
      (server.truth("ben").folders.find(({ name }) => name === "Inbox")?.messages ?? [])
        .map(({ subject }) => subject)
        .sort();
    // The pane names the Outbox only while something waits there; that it does is told with a failure.
    const waiting = () =>
      page.locator("nav[aria-label=Folders]").getByText("Outbox", { exact: true }).count();
    const outbox = async () => ({ got: benGot(), waiting: await waiting() });
    await expect.poll(outbox, PATIENCE).toEqual({ got: expected, waiting: 0 });
    await page.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    const folders = { Inbox: "Inbox", Sent: "Sent Items", Deleted: "Deleted Items" };
    for (const [name, onServer] of Object.entries(folders)) {
      await view().folder(name);
      const truth = () => bySubject(shown(onServer));
      await expect.poll(async () => bySubject(await allRows(page)), PATIENCE).toEqual(truth());
    }
    expect(benGot()).toEqual(expected);
  });
});
