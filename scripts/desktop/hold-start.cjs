// Loaded before the app when a test drives it: holds its start until the driver has attached to the process.
// Without this, a window that opens while the driver attaches can leave both waiting for ever on a busy machine.
// The driver (playwright-core) calls `__playwright_run` when it is ready.
const { app } = require("electron");

const attached = new Promise((resolve) => {
  globalThis.__playwright_run = resolve;
});
const whenReady = app.whenReady.bind(app);
app.whenReady = () => attached.then(whenReady);
