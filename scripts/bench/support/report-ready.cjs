// Loaded before an app whose start is measured: prints READY when its window's document meets a condition, which
// is a JavaScript expression. Waits inside the document, so that the waiting costs nothing.
const { app } = require("electron");

const condition = process.env.BULKHEAD_BENCH_READY;
app.once("browser-window-created", (_event, window) => {
  const script = `new Promise((resolve) => {
    const done = () => (${condition}) && (observer.disconnect(), resolve(true));
    const observer = new MutationObserver(done);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    done();
  })`;
  window.webContents.once("dom-ready", () => {
    window.webContents.mainFrame.executeJavaScript(script).then(() => process.stdout.write("READY\n"));
  });
});
