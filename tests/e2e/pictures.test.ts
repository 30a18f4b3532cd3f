import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pngChart } from "../fake-exchange/generator/pictures.ts";
import { Dice } from "../fake-exchange/generator/random.ts";
import { type FakeExchange, startFakeExchange } from "../fake-exchange/index.ts";
import { type MailAttachment, mailMessage } from "../fake-exchange/mail/message.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const OWNER = { name: "Anna Lindqvist", email: "anna@halden.example" };
const SHOP = { name: "Harbour Shop", email: "news@harbour.example" };
const PATIENCE = { timeout: 30_000, interval: 100 };
const PDF = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff));

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

let web: Server;
let address: string;
const asked: Asked[] = [];
let exchange: FakeExchange;
let running: RunningApp;
const view = () => mailWindow(running.window);
const frame = () => running.window.frameLocator("article iframe");
const paths = () => asked.map(({ method, path }) => `${method} ${path}`).sort();

/** How wide the picture in the mail really is: 0 while there is none behind it. */
const drawnWidth = (alt: string) =>
  frame()
    .getByAltText(alt)
    .evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : -1));

async function startWeb(): Promise<void> {
  web = createServer((request, response) => {
    asked.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers });
    response.writeHead(200, { "Content-Type": "image/png", "Set-Cookie": "who=anna; Path=/" });
    response.end(pngChart(new Dice(3), 200, 100));
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const listening = web.address();
  if (listening === null || typeof listening === "string") throw new Error("no port");
  address = `http://127.0.0.1:${listening.port}`;
}

function file(name: string, type: string, content: Uint8Array, contentId: string | null = null) {
  return { name, type, content, inline: contentId !== null, contentId } satisfies MailAttachment;
}

beforeAll(async () => {
  await startWeb();
  exchange = await startFakeExchange({
    users: [{ name: "anna", password: "secret", address: OWNER.email, displayName: OWNER.name }],
  });
  await exchange.deliver(
    "anna",
    mailMessage({
      from: SHOP,
      to: [OWNER],
      subject: "Autumn at the harbour",
      date: Date.now(),
      messageId: "<autumn@harbour.example>",
      text: "Autumn",
      html: `<p>Autumn is here.</p>
        <p><img alt="Pier" src="${address}/pier.png?size=200&amp;x=1"> <img alt="Boat" src="${address}/boat.png"></p>
        <p style="background:url(${address}/back.png)"><img alt="Chart" src="cid:chart@harbour"></p>
        <img alt="" src="${address}/opened.gif?who=anna" width="1" height="1">
        <p><a href="${address}/offer?id=17&amp;from=mail#top">See the offer</a></p>`,
      attachments: [
        file("chart.png", "image/png", pngChart(new Dice(4), 160, 80), "chart@harbour"),
        file("Preise für März.pdf", "application/pdf", PDF),
        file("setup.exe", "application/octet-stream", Buffer.from("MZ not really")),
      ],
    }),
  );
  running = await launchApp();
  await view().addAccount({
    ...{ address: OWNER.email, password: "secret", server: exchange.url, userName: "anna" },
  });
  await view().usable();
  await view().row("Autumn at the harbour").click();
});
afterAll(async () => {
  await running?.close();
  await exchange?.close();
  web?.close();
});

describe("a mail with pictures, files and a link", () => {
  it("shows what came with it, and asks nobody for the rest", async () => {
    await expect.poll(view().bodyText, PATIENCE).toContain("Autumn is here.");
    await expect.poll(() => drawnWidth("Chart"), PATIENCE).toBe(160);
    await running.window.getByText("pictures not loaded").waitFor();
    await running.window.getByText("1 tracker blocked").waitFor();
    for (const name of ["Pier", "Boat"]) expect(await frame().getByAltText(name).count()).toBe(0);
    expect(asked).toEqual([]);
  });

  it("loads the pictures when it is told to, without a word about who asks", async () => {
    await running.window.getByRole("button", { name: "Show pictures" }).click();
    for (const name of ["Pier", "Boat"]) {
      await expect.poll(() => drawnWidth(name), PATIENCE).toBe(200);
    }
    // Each once, also the one behind the text, and never the tracker.
    await expect
      .poll(paths, PATIENCE)
      .toEqual(["GET /back.png", "GET /boat.png", "GET /pier.png?size=200&x=1"]);
    for (const { headers } of asked) {
      const told = Object.keys(headers).filter((name) => !["host", "connection", "accept"].includes(name));
      expect(told.filter((name) => name !== "accept-encoding")).toEqual([]);
    }
  });

  it("asks before it follows a link, with the whole address, and stays where it is", async () => {
    const before = paths();
    const url = `${address}/offer?id=17&from=mail#top`;
    await running.app.evaluate(({ shell }) => {
      shell.openExternal = async (target) => void Reflect.set(globalThis, "opened", target);
    });
    const opened = () => running.app.evaluate(() => String(Reflect.get(globalThis, "opened") ?? ""));
    await frame().getByText("See the offer").click();
    const dialog = running.window.getByRole("dialog", { name: "Open this link?" });
    await dialog.getByText(url, { exact: true }).waitFor();
    expect(await opened()).toBe("");
    expect(await view().bodyText()).toContain("Autumn is here.");
    expect(paths()).toEqual(before);
    await dialog.getByRole("button", { name: "Open in browser" }).click();
    await expect.poll(opened, PATIENCE).toBe(url);
    expect(paths()).toEqual(before);
    expect(await view().bodyText()).toContain("Autumn is here.");
  });

  it("saves a file as it was sent", async () => {
    const target = join(running.profileDir, "saved.pdf");
    await running.app.evaluate(({ dialog }, filePath) => {
      const save = async (...args: unknown[]) => {
        Reflect.set(globalThis, "offered", JSON.stringify(args.at(-1)));
        return { canceled: false, filePath };
      };
      Reflect.set(dialog, "showSaveDialog", save);
    }, target);
    await running.window.getByRole("button", { name: "Save Preise für März.pdf" }).click();
    await expect.poll(() => sizeOf(target), PATIENCE).toBe(PDF.length);
    expect(PDF.equals(readFileSync(target))).toBe(true);
    expect(await running.app.evaluate(() => String(Reflect.get(globalThis, "offered")))).toContain(
      "Preise für März.pdf",
    );
  });

  it("does not open a program", async () => {
    await running.app.evaluate(({ shell }) => {
      shell.openPath = async (path) => {
        Reflect.set(globalThis, "started", path);
        return "";
      };
    });
    await running.window.getByRole("button", { name: /^Open setup\.exe/ }).click();
    await running.window
      .getByRole("alert")
      .filter({ hasText: "“setup.exe” can run as a program, so it is not opened from here." })
      .waitFor();
    expect(await running.app.evaluate(() => Reflect.has(globalThis, "started"))).toBe(false);
    await running.window.getByRole("button", { name: /^Open Preise für März\.pdf/ }).click();
    const started = () => running.app.evaluate(() => String(Reflect.get(globalThis, "started") ?? ""));
    await expect.poll(started, PATIENCE).toContain("Preise für März.pdf");
    expect(PDF.equals(readFileSync(await started()))).toBe(true);
  });
});

function sizeOf(path: string): number {
  try {
    return readFileSync(path).length;
  } catch {
    return 0;
  }
}
