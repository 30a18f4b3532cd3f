import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStage, type StagePage } from "../../support/content/stage-page.ts";

let stage: StagePage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.theme("light"));

describe("the reader", () => {
  test("shows who, when and to whom, and opens the recipients", async () => {
    const { page } = stage;
    await stage.reader("quote");
    await page.getByRole("heading", { name: "Re: Inspection of the north quay" }).waitFor();
    await page.getByRole("button", { name: "To Mara Lind, Ada Berg, Jon Vik and 2 others" }).click();
    expect(await page.getByText("quay-office@harbour.example").count()).toBe(1);
    await page.getByText("lena.holm@harbour.example").waitFor();
  });

  test("hands every action up, with the message's id", async () => {
    await stage.reader("files");
    const names = ["Reply", "Reply all", "Forward", "Flag", "Mark read", "Move to folder", "Delete"];
    for (const name of names) await stage.page.getByRole("button", { name, exact: true }).click();
    expect(await stage.outcomes()).toEqual(
      ["reply", "reply-all", "forward", "toggle-flag", "toggle-read", "move", "remove"].map((action) => ({
        action,
        messageId: 1,
      })),
    );
  });

  test("shows pictures only after asking the engine for this message", async () => {
    const { page } = stage;
    await stage.reader("newsletter");
    await page.getByText("2 pictures not loaded").waitFor();
    expect(await stage.calls("mail.showPictures")).toEqual([]);
    await page.getByRole("button", { name: "Show pictures" }).click();
    await page.getByText("2 pictures not loaded").waitFor({ state: "detached" });
    expect(await stage.calls("mail.showPictures")).toEqual([{ messageId: 1 }]);
    expect(await page.getAttribute("iframe", "srcdoc")).toContain("bulkhead-picture://remote/");
  });

  test("explains an item of the strip, and asks for the rest of a shortened message", async () => {
    const { page } = stage;
    await stage.reader("newsletter");
    await page.getByRole("button", { name: "Replies go elsewhere" }).click();
    await page.getByText("a reply would go to bounce-4711@mailer.example").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Load the whole message" }).click();
    await expect.poll(() => stage.calls("mail.complete")).toEqual([{ messageId: 1 }]);
  });

  test("a link is opened only after it was shown in full, with a warning when it lies", async () => {
    const { page } = stage;
    await stage.reader("quote");
    await page.locator("iframe").waitFor();
    await stage.announceMain("app.linkFollowed", { url: "https://login.evil.example/x" });
    await page.getByText("The text of this link names").waitFor();
    expect(await page.getByRole("dialog").textContent()).toContain("https://login.evil.example/x");
    expect(await stage.calls("app.openExternal")).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await stage.calls("app.openExternal")).toEqual([{ url: "https://login.evil.example/x" }]);
    await stage.announceMain("app.linkFollowed", { url: "https://ok.example/" });
    await page.getByRole("button", { name: "Open in browser" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await stage.calls("app.openExternal")).toHaveLength(1);
  });

  test("a link to a mail address is written to here, and not by another program", async () => {
    await stage.reader("text");
    await stage.page.getByRole("article").waitFor();
    await stage.announceMain("app.linkFollowed", {
      url: "mailto:ada@pier.example?subject=Berth%204&bcc=spy@evil.example",
    });
    const mailto = { to: ["ada@pier.example"], cc: [], subject: "Berth 4", text: "" };
    await expect.poll(() => stage.outcomes()).toEqual([{ mailto }]);
    expect(await stage.page.getByRole("dialog").count()).toBe(0);
    expect(await stage.calls("app.openExternal")).toEqual([]);
  });

  test("opens a stored attachment, and says why one that is not stored cannot be", async () => {
    const { page } = stage;
    await stage.reader("files");
    await page.getByRole("button", { name: /^Open Berth plan 2027\.pdf/ }).click();
    await expect.poll(() => stage.calls("app.openAttachment")).toEqual([{ attachmentId: 1 }]);
    await page.getByRole("button", { name: "Save Figures.xlsx" }).click();
    await page.getByText("The server cannot be reached.").waitFor();
    expect(await stage.calls("app.saveAttachment")).toEqual([]);
  });

  test("an invitation shows when, where and who", async () => {
    await stage.reader("invitation");
    const card = stage.page.getByRole("region", { name: "Invitation" });
    expect(await card.textContent()).toMatch(/25.*Pier office, room 2.*Invited by Ada Berg/s);
  });

  test.each([
    ["offline", "Not on this device yet"],
    ["empty", "This message has no text"],
    ["unknown", "This message is no longer here"],
    ["none", "No message is open"],
  ])("%s: %s", async (name, words) => {
    await stage.reader(name);
    await stage.page.getByText(words).waitFor();
  });

  test("several selected messages are counted", async () => {
    await stage.reader("text", 12);
    await stage.page.getByText("12 messages selected").waitFor();
  });

  test("Space goes on to the body", async () => {
    const { page } = stage;
    await stage.reader("text");
    await page.getByRole("article").focus();
    await page.keyboard.press("Space");
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe("iframe");
  });

  test.each(["light", "dark"] as const)("is accessible (%s)", async (theme) => {
    await stage.theme(theme);
    for (const name of ["newsletter", "files", "invitation", "quote", "offline"]) {
      await stage.reader(name);
      await stage.page.getByRole("article").waitFor();
      expect(await stage.violations()).toEqual([]);
    }
  });
});
