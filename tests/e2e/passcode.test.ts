import { afterEach, describe, expect, it } from "vitest";
import { type FakeExchange, startFakeExchange } from "../fake-exchange/index.ts";
import { launchApp, type RunningApp } from "./support/app.ts";
import { mailWindow } from "./support/mailbox.ts";

const PASSCODE = "correct horse battery";

let running: RunningApp | undefined;
let server: FakeExchange | undefined;
afterEach(async () => {
  await running?.close();
  await server?.close();
});

describe("a computer without a keychain", () => {
  it("asks for a passcode instead of keeping a key in the clear, and opens with it only", async () => {
    server = await startFakeExchange({
      users: [{ name: "eva", password: "pw", address: "eva@example.test" }],
    });
    await server.deliver(
      "eva",
      Buffer.from(
        "From: Bo <bo@example.test>\r\nTo: eva@example.test\r\nSubject: Kept safe\r\n\r\nHello\r\n",
      ),
    );
    running = await launchApp({ keychain: false });
    let page = running.window;
    const fields = page.locator("input[type=password]");
    await fields.first().waitFor();
    for (let i = 0; i < (await fields.count()); i += 1) await fields.nth(i).fill(PASSCODE);
    await page.keyboard.press("Enter");
    await mailWindow(page).addAccount({
      address: "eva@example.test",
      password: "pw",
      server: server.url,
      userName: "eva",
    });
    await mailWindow(page).row("Kept safe").waitFor({ timeout: 30_000 });
    await running.close();

    running = await launchApp({ keychain: false, profileDir: running.profileDir });
    page = running.window;
    const field = page.locator("input[type=password]").first();
    await field.fill("not the passcode");
    await page.keyboard.press("Enter");
    await page.getByText("This is not the passcode.").waitFor();
    expect(await page.getByText("Kept safe").count()).toBe(0);
    await field.fill(PASSCODE);
    await page.keyboard.press("Enter");
    await mailWindow(page).row("Kept safe").waitFor({ timeout: 30_000 });
  });
});
