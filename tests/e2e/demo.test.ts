import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoServer, startDemoServer } from "../../scripts/demo/server.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const PATIENCE = { timeout: 60_000, interval: 100 };

let server: DemoServer;
let running: RunningApp;
const view = () => mailWindow(running.window);

beforeAll(async () => {
  server = await startDemoServer(["--live", "--messages", "60", "--first-after", "20", "--every", "1"]);
  running = await launchApp({ env: { BULKHEAD_DEMO: JSON.stringify(server.account) } });
});
afterAll(async () => {
  await running?.close();
  await server?.stop();
});

describe("the demo", () => {
  it("fills the inbox without a question, under the owner's name", async () => {
    await view().usable();
    expect(await view().count()).toBeGreaterThan(10);
    expect(server.account.displayName).toBe("Anna Lindqvist");
  });

  it("brings new mail now and then, a meeting request among the first", async () => {
    await running.window.getByText(/^Up to date/).waitFor({ timeout: 60_000 });
    const before = await view().count();
    await expect.poll(async () => (await view().count()) - before, PATIENCE).toBeGreaterThanOrEqual(3);
    const arrived = (await view().count()) - before;
    const invitations = () =>
      view().rows.evaluateAll(
        (rows, most) => rows.slice(0, most).filter((row) => row.textContent?.includes("Invitation")).length,
        arrived,
      );
    await expect.poll(invitations, PATIENCE).toBeGreaterThan(0);
  });
});
