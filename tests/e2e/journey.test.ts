import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateMailbox } from "../fake-exchange/generator/mailbox.ts";
import { type FakeExchange, startFakeExchange } from "../fake-exchange/index.ts";
import type { TrueFolder, TrueMessage } from "../fake-exchange/truth.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const OWNER = { name: "Anna Lindqvist", email: "anna@halden.example" };
const COUNT = 2_000;
const PATIENCE = { timeout: 60_000, interval: 100 };

let server: FakeExchange;
let running: RunningApp;
const view = () => mailWindow(running.window);

beforeAll(async () => {
  const now = Date.now();
  server = await startFakeExchange({
    users: [
      {
        name: "anna",
        password: "secret",
        address: OWNER.email,
        displayName: OWNER.name,
        mailbox: generateMailbox({ seed: 11, count: COUNT, owner: OWNER, now }),
      },
      { name: "ben", password: "secret", address: "ben@halden.example", displayName: "Ben Okafor" },
    ],
  });
  running = await launchApp();
});
afterAll(async () => {
  await running?.close();
  await server?.close();
});

function folder(name: string): TrueFolder {
  const found = server.truth("anna").folders.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no folder ${name}`);
  return found;
}
const message = (where: string, subject: string): TrueMessage | undefined =>
  folder(where).messages.find((one) => one.subject === subject);
const benGot = () => server.truth("ben").folders.find((one) => one.name === "Inbox")?.messages ?? [];

async function fromBen(subject: string, text: string): Promise<void> {
  const mime = [
    "From: Ben Okafor <ben@halden.example>",
    `To: ${OWNER.name} <${OWNER.email}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${subject.replaceAll(" ", "-")}@halden.example>`,
    "MIME-Version: 1.0",
    "Content-Type: text/html; charset=utf-8",
    "",
    `<p>${text}</p>`,
  ];
  await server.deliver("anna", Buffer.from(`${mime.join("\r\n")}\r\n`));
}

describe("a day with the app, against the stand-in server", () => {
  it("says what is wrong with a sign-in, and signs in", async () => {
    const { page } = view();
    await view().addAccount({
      address: OWNER.email,
      password: "wrong",
      server: server.url,
      userName: "anna",
    });
    await page.getByText("The server refused the user name or the password").waitFor();
    await view().addAccount({
      address: OWNER.email,
      password: "secret",
      server: server.url,
      userName: "anna",
    });
    await view().usable();
  });

  it(`brings all ${COUNT} messages`, async () => {
    const { page } = view();
    // The pane has its own names for the standard folders.
    const names = [
      ["Inbox", "Inbox"],
      ["Sent", "Sent Items"],
      ["Deleted", "Deleted Items"],
      ["Newsletters", "Newsletters"],
      ["Inbox", "Inbox"],
    ] as const;
    for (const [shown, name] of names) {
      await view().folder(shown);
      await expect.poll(view().count, PATIENCE).toBe(folder(name).messages.length);
    }
    const total = server.truth("anna").folders.reduce((sum, { messages }) => sum + messages.length, 0);
    expect(total).toBe(COUNT);
    await page.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    await view().folder("Inbox");
  });

  it("shows new mail by itself, and tells the server that it was read", async () => {
    await fromBen("Keys for the archive", "The keys are at the front desk.");
    const row = view().row("Keys for the archive");
    await row.waitFor({ timeout: 30_000 });
    await row.click();
    await expect.poll(view().bodyText, PATIENCE).toContain("The keys are at the front desk.");
    await expect.poll(() => message("Inbox", "Keys for the archive")?.read, PATIENCE).toBe(true);
  });

  it("flags, deletes and takes back", async () => {
    const { page } = view();
    await fromBen("Lunch on Friday", "Shall we?");
    await view().row("Lunch on Friday").click({ timeout: 30_000 });
    await page.keyboard.press("s");
    await expect.poll(() => message("Inbox", "Lunch on Friday")?.flag, PATIENCE).toBe(2);
    await page.keyboard.press("Delete");
    await expect.poll(() => message("Deleted Items", "Lunch on Friday")?.flag, PATIENCE).toBe(2);
    expect(message("Inbox", "Lunch on Friday")).toBeUndefined();
    await page.keyboard.press("z");
    await expect.poll(() => message("Inbox", "Lunch on Friday")?.flag, PATIENCE).toBe(2);
    expect(message("Deleted Items", "Lunch on Friday")).toBeUndefined();
  });

  it("answers without a connection, and keeps the answer over a restart", async () => {
    await view().row("Keys for the archive").click();
    await server.stop();
    await running.window.getByText("Offline.", { exact: true }).waitFor({ timeout: 60_000 });
    await view().reply("I will fetch them at noon.");
    await running.close();
    running = await launchApp({ profileDir: running.profileDir });
    await view().usable();
    await view().folder("Outbox");
    await running.window.getByText("Re: Keys for the archive").first().waitFor();
    expect(benGot()).toEqual([]);
  });

  it("has everything there and readable while offline", async () => {
    await view().folder("Inbox");
    expect(await view().count()).toBe(folder("Inbox").messages.length);
    await view().row("Lunch on Friday").click();
    await expect.poll(view().bodyText, PATIENCE).toContain("Shall we?");
    await running.window.keyboard.press("/");
    await running.window.keyboard.type("keys archive");
    await expect.poll(view().count, PATIENCE).toBeGreaterThan(0);
    await view().row("Keys for the archive").click();
    await expect.poll(view().bodyText, PATIENCE).toContain("front desk");
  });

  it("sends the answer once when the server is back", async () => {
    await server.start();
    await expect
      .poll(() => benGot().map(({ subject }) => subject), { ...PATIENCE, timeout: 120_000 })
      .toEqual(["Re: Keys for the archive"]);
    await running.window.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    await running.close();
    running = await launchApp({ profileDir: running.profileDir });
    await view().usable();
    await running.window.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    expect(benGot()).toHaveLength(1);
    expect(server.truth("anna").sent).toHaveLength(1);
  });
});
