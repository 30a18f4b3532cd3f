import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { generateMailbox } from "../fake-exchange/generator/mailbox.ts";
import { mailMessage } from "../fake-exchange/mail/message.ts";
import { renderMime } from "../fake-exchange/mail/render.ts";
import { type ImapClient, openImap } from "../support/sogo/imap.ts";
import { type Relay, startRelay } from "../support/sogo/relay.ts";
import { describeWithSogo, type Sogo, useSogo } from "../support/sogo/server.ts";
import { launchApp, newProfile, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const ALICE = { name: "Alice Example", email: "alice@example.test" };
const BOB = { name: "Bob Example", email: "bob@example.test" };
const ENDPOINT = "/Microsoft-Server-ActiveSync";
const COUNT = 210;
const PATIENCE = { timeout: 60_000, interval: 200 };
/** In every subject: the server keeps what earlier runs and other tests left. */
const MARK = `run${Date.now().toString(36)}`;
const PDF = Buffer.from(
  `%PDF-1.4\n%\xe2\xe3\xcf\xd3\n${"1 0 obj <<>> endobj\r\n".repeat(3_000)}%%EOF\n`,
  "latin1",
);

let sogo: Sogo;
let relay: Relay;
let alice: ImapClient;
let bob: ImapClient;
let running: RunningApp;
const view = () => mailWindow(running.window);

function fromBob(subject: string, text: string): Uint8Array {
  const messageId = `<${subject.replaceAll(" ", "-")}-${MARK}@example.test>`;
  const facts = { from: BOB, to: [ALICE], subject: `${subject} ${MARK}`, date: Date.now(), messageId };
  return renderMime(mailMessage({ ...facts, text, html: `<p>${text}</p>` }));
}

/** Believable mail of every kind that the generator knows. */
function crowd(): Uint8Array[] {
  const mailbox = generateMailbox({ seed: 5, count: COUNT, owner: ALICE, now: Date.now(), inboxOnly: true });
  return [...mailbox.folders.values()]
    .flatMap(({ items }) => [...items.values()])
    .map(({ source }) => source.message())
    .map((message) => renderMime({ ...message, subject: `${message.subject} ${MARK}` }));
}

async function flagsOf(folder: string, subject: string): Promise<readonly string[] | undefined> {
  return (await alice.find(folder, `${subject} ${MARK}`))[0]?.flags;
}

async function bobGot(subject: string) {
  const found = await bob.find("INBOX", `Re: ${subject} ${MARK}`, "all");
  return Promise.all(found.map(({ mime }) => PostalMime.parse(mime)));
}

async function restart(): Promise<void> {
  await running.close();
  running = await launchApp({ profileDir: running.profileDir });
  await view().usable();
}

describeWithSogo("a day with the app, against SOGo", () => {
  beforeAll(async () => {
    sogo = await useSogo();
    relay = await startRelay(sogo.host, sogo.ports.http);
    alice = await openImap(sogo.host, sogo.ports.imap, "alice", "secret-alice");
    bob = await openImap(sogo.host, sogo.ports.imap, "bob", "secret-bob");
    await alice.append("INBOX", [
      ...crowd(),
      fromBob("Cellar inventory", "Nine barrels, two of them empty."),
      fromBob("Roof repair", "The slates come on Tuesday."),
      fromBob("Quarter figures", "Please send me the figures."),
      fromBob("Train to Halden", "Which train do you take?"),
    ]);
    running = await launchApp();
  });
  afterAll(async () => {
    await running?.close();
    await relay?.cut();
    for (const folder of ["INBOX", "Sent", "Trash"]) await alice?.remove(folder, MARK);
    await bob?.remove("INBOX", MARK);
    alice?.close();
    bob?.close();
    await sogo?.release();
  });

  it("signs in and brings the whole mailbox", async () => {
    await view().addAccount({
      address: ALICE.email,
      password: "secret-alice",
      server: `http://${sogo.host}:${relay.port}${ENDPOINT}`,
      userName: "alice",
    });
    await view().usable();
    expect(await alice.find("INBOX", MARK)).toHaveLength(COUNT + 4);
    await expect.poll(async () => (await view().count()) - (await alice.count("INBOX")), PATIENCE).toBe(0);
  });

  it("tells the server what was read, flagged and deleted", async () => {
    const { page } = view();
    await view().row("Cellar inventory").click();
    await expect.poll(view().bodyText, PATIENCE).toContain("Nine barrels");
    await page.keyboard.press("s");
    await expect
      .poll(() => flagsOf("INBOX", "Cellar inventory"), PATIENCE)
      .toEqual(expect.arrayContaining(["\\Seen", "\\Flagged"]));
    await view().row("Roof repair").click();
    await page.keyboard.press("Delete");
    await expect.poll(() => flagsOf("Trash", "Roof repair"), PATIENCE).toContain("\\Seen");
    expect(await flagsOf("INBOX", "Roof repair")).toBeUndefined();
    expect(await flagsOf("INBOX", "Train to Halden")).not.toContain("\\Seen");
  });

  it("shows mail that comes while it looks on", async () => {
    await alice.append("INBOX", [fromBob("Fire drill", "At ten sharp.")]);
    await view().row("Fire drill").click({ timeout: 60_000 });
    await expect.poll(view().bodyText, PATIENCE).toContain("At ten sharp.");
  });

  it("answers with a file, and the other side has both exactly", async () => {
    const { page } = view();
    await view().row("Quarter figures").click();
    await view().reply("Here they are – Grüße, Alice", [
      { name: "Zahlen März.pdf", mimeType: "application/pdf", buffer: PDF },
    ]);
    await expect.poll(() => bobGot("Quarter figures"), PATIENCE).toHaveLength(1);
    const [mail] = await bobGot("Quarter figures");
    expect(mail?.from).toMatchObject({ address: ALICE.email });
    expect(mail?.to).toMatchObject([{ address: BOB.email }]);
    expect(mail?.subject).toBe(`Re: Quarter figures ${MARK}`);
    expect(mail?.text).toContain("Here they are – Grüße, Alice");
    expect(mail?.html).toContain("Please send me the figures.");
    expect(mail?.attachments.map(({ filename }) => filename)).toEqual(["Zahlen März.pdf"]);
    const bytes = mail?.attachments[0]?.content;
    expect(bytes instanceof ArrayBuffer && PDF.equals(Buffer.from(bytes))).toBe(true);
    await page.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    expect(await alice.find("Sent", `Re: Quarter figures ${MARK}`)).toHaveLength(1);
  });

  it("keeps an answer that was given without a connection, over a restart, and sends it once", async () => {
    await view().row("Train to Halden").click();
    await relay.cut();
    await running.window.getByText("Offline.", { exact: true }).waitFor({ timeout: 60_000 });
    await view().reply("The one at noon.");
    await restart();
    await view().row("Cellar inventory").click();
    await expect.poll(view().bodyText, PATIENCE).toContain("Nine barrels");
    await view().folder("Outbox");
    await running.window.getByText("Re: Train to Halden").first().waitFor();
    expect(await bobGot("Train to Halden")).toEqual([]);

    await relay.join();
    await expect.poll(() => bobGot("Train to Halden"), { ...PATIENCE, timeout: 120_000 }).toHaveLength(1);
    await running.window.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    await restart();
    await running.window.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    const [mail, ...more] = await bobGot("Train to Halden");
    expect(more).toEqual([]);
    expect(mail?.text).toContain("The one at noon.");
    expect(await bobGot("Quarter figures")).toHaveLength(1);
  });

  it("speaks TLS with a certificate that the system vouches for, and with no other", async () => {
    const account = {
      address: ALICE.email,
      password: "secret-alice",
      server: `https://${sogo.host}:${sogo.ports.https}${ENDPOINT}`,
      userName: "alice",
    };
    await running.close();
    running = await launchApp();
    await view().addAccount(account);
    await running.window.getByRole("alert").filter({ hasText: "certificate" }).waitFor();
    expect(await running.window.locator("html").getAttribute("data-ready")).not.toBe("inbox");

    await running.close();
    const noOthers = join(inject("session").folder, "no-authorities");
    mkdirSync(noOthers, { recursive: true });
    running = await launchApp({ env: { SSL_CERT_FILE: sogo.authority, SSL_CERT_DIR: noOthers } });
    await view().addAccount(account);
    await view().usable();
    await view().row("Cellar inventory").waitFor({ timeout: 60_000 });

    await running.close();
    const profileDir = newProfile();
    copyFileSync(sogo.authority, join(profileDir, "authorities.pem"));
    running = await launchApp({ profileDir });
    await view().addAccount(account);
    await view().usable();
  });
});
