import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoServer, startDemoServer } from "../../scripts/demo/server.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const PATIENCE = { timeout: 60_000, interval: 100 };

let server: DemoServer;
let running: RunningApp;
const view = () => mailWindow(running.window);

beforeAll(async () => {
  server = await startDemoServer(["--live", "--messages", "60", "--first-after", "6", "--every", "2"]);
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
    const before = await view().count();
    await expect.poll(view().count, PATIENCE).toBeGreaterThanOrEqual(before + 3);
    const arrived = (await view().count()) - before;
    const newest = await view().rows.evaluateAll(
      (rows, most) => rows.slice(0, most).map((row) => row.textContent ?? ""),
      arrived,
    );
    expect(newest.filter((words) => words.includes("Invitation"))).toHaveLength(1);
  });
});
