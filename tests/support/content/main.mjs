// The smallest host for the harness page: the app's own window settings, no preload, every request counted.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { app, BrowserWindow, protocol, session } from "electron";

const [folder = "", start = ""] = process.argv.slice(-2);
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: bulkhead-picture:; " +
  "font-src 'self'; connect-src 'none'; frame-src http: https: mailto: tel:; base-uri 'none'; form-action 'none'";
const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

protocol.registerSchemesAsPrivileged([
  { scheme: "harness", privileges: { standard: true, secure: true } },
  { scheme: "bulkhead-picture", privileges: { standard: true, secure: true } },
]);

globalThis.seen = { pictures: [], network: [], navigations: [] };

app.whenReady().then(async () => {
  protocol.handle("harness", async (request) => {
    const name = path.basename(new URL(request.url).pathname) || "index.html";
    const headers = {
      "content-type": types[path.extname(name)] ?? "text/plain",
      "content-security-policy": POLICY,
    };
    return new Response(await readFile(path.join(folder, name)), { headers });
  });
  protocol.handle("bulkhead-picture", (request) => {
    globalThis.seen.pictures.push(request.url);
    return new Response(PIXEL, { headers: { "content-type": "image/gif" } });
  });
  session.defaultSession.webRequest.onBeforeRequest({ urls: ["*://*/*"] }, (details, done) => {
    if (/^(?:https?|wss?|ftp):/.test(details.url)) globalThis.seen.network.push(details.url);
    done({ cancel: !/^(?:harness|bulkhead-picture|devtools):/.test(details.url) });
  });
  const window = new BrowserWindow({
    width: 900,
    height: 700,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.webContents.on("will-frame-navigate", (event) => {
    globalThis.seen.navigations.push(event.url);
    event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  await window.loadURL(`harness://page/${start}`);
});
app.on("window-all-closed", () => app.quit());
