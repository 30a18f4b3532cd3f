import { join } from "node:path";
import { createInterface } from "node:readline";
import { app, BrowserWindow, session } from "electron";
import * as v from "valibot";
import { registerSchemes, serveApp } from "../../../electron/windows/app-protocol.ts";
import { lockNavigation } from "../../../electron/windows/lock-navigation.ts";
import { servePictures } from "../../../electron/windows/picture-protocol.ts";
import { APP_ORIGIN, applySessionRules, CHROMIUM_SWITCHES } from "../../../electron/windows/session-rules.ts";
import { createPictureGate } from "./picture-gate.ts";
import type { HtmlReport, Requested, Shown, ShowRequest } from "./shown.ts";
import { watchScripts } from "./watch-scripts.ts";

/** The page's own files and what never leaves it are no requests of the message. */
const OWN = /^(?:bulkhead:\/\/app\/|bulkhead-picture:|data:|blob:|about:|devtools:)/;
/** Chromium's words about what a content security policy stopped before it became a request. */
const STOPPED =
  /(?:Refused to (?:load|apply|frame|connect to) the |Loading the |Framing |Connecting to )(\w+)?[^']*'([^']{1,4096})'/;

const RequestSchema = v.object({
  html: v.string(),
  pictures: v.picklist(["off", "on"]),
  messageId: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

class Observation {
  requests: Requested[] = [];
  dialogs = 0;
  navigations = 0;
  scripts = 0;

  request(seen: Requested): void {
    if (OWN.test(seen.url) || this.requests.length >= 1_000) return;
    if (!this.requests.some(({ url, allowed }) => url === seen.url && allowed === seen.allowed)) {
      this.requests.push(seen);
    }
  }
}

let observed = new Observation();

for (const [name, value] of CHROMIUM_SWITCHES) app.commandLine.appendSwitch(name, value);
registerSchemes();
lockNavigation(app, () => {
  observed.navigations += 1;
});
void app.whenReady().then(serve);

async function serve(): Promise<void> {
  const own = session.fromPartition("inspect");
  applySessionRules(own, (seen) => observed.request(seen));
  serveApp(own.protocol, join(import.meta.dirname, "page"));
  const gate = createPictureGate((seen) => observed.request(seen));
  servePictures(own.protocol, gate.load);
  const window = new BrowserWindow({
    show: false,
    width: 1000,
    height: 800,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      disableDialogs: true,
      backgroundThrottling: false,
    },
  });
  const { webContents } = window;
  await window.loadURL(`${APP_ORIGIN}/index.html`);
  await watchScripts(webContents, {
    script: () => {
      observed.scripts += 1;
    },
    dialog: () => {
      observed.dialogs += 1;
    },
  });
  webContents.on("console-message", ({ message }) => {
    if (message.includes("Blocked script execution")) observed.scripts += 1;
    const stopped = STOPPED.exec(message);
    if (stopped !== null)
      observed.request({ url: stopped[2] ?? "", type: stopped[1] ?? "other", allowed: false });
  });
  process.stdout.write("READY\n");
  for await (const line of createInterface({ input: process.stdin })) {
    const request = v.parse(RequestSchema, JSON.parse(line));
    observed = new Observation();
    gate.open(request);
    process.stdout.write(`${JSON.stringify(await report(request))}\n`);
  }
  app.quit();

  async function report(request: ShowRequest): Promise<HtmlReport> {
    const shown: Shown = await webContents.executeJavaScript(`show(${JSON.stringify(request)})`);
    const { requests, dialogs, navigations, scripts } = observed;
    return { ...shown, requests, dialogs, navigations, scripts };
  }
}
