import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStage, type StagePage } from "../../support/content/stage-page.ts";

let stage: StagePage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => stage.theme("light"));

const sent = { kind: "sent", draftId: 1, undoMs: 10_000 };

describe("a new message", () => {
  test("starts in To, suggests people, and is sent by keys alone", async () => {
    const { page } = stage;
    await stage.composer("new");
    await page.keyboard.type("ad");
    await page.getByRole("option", { name: "Ada Berg" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: "Ada Berg" }).waitFor();
    await page.keyboard.type("adam");
    await page.getByRole("option", { name: "Adam Ost" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: "Adam Ost" }).waitFor();
    await page.keyboard.type("x@y.example,");
    await page.getByRole("row", { name: "x@y.example" }).waitFor();
    await page.getByLabel("Subject").fill("Plan");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Hello ");
    await page.keyboard.press("Control+b");
    await page.keyboard.type("Ada");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => stage.outcomes()).toEqual([sent]);
    expect(await stage.calls("compose.send")).toEqual([
      {
        draftId: 1,
        content: {
          to: [
            { name: "Ada Berg", email: "ada.berg@harbour.example" },
            { name: "Adam Ost", email: "adam@other.example" },
            { name: "", email: "x@y.example" },
          ],
          cc: [],
          bcc: [],
          subject: "Plan",
          html: "<p>Hello <strong>Ada</strong></p>",
        },
      },
    ]);
  });

  test("opens although the engine started again meanwhile", async () => {
    await stage.composer("interrupted");
    await stage.page.getByText("Please find the plan").waitFor();
    expect(await stage.calls("compose.get")).toHaveLength(2);
  });

  test("an address still being typed goes along", async () => {
    const { page } = stage;
    await stage.composer("written");
    await page.getByRole("combobox", { name: "To" }).fill("late@b.example");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "Send anyway" }).click();
    await expect.poll(() => stage.outcomes()).toEqual([sent]);
    expect(JSON.stringify(await stage.calls("compose.send"))).toContain("late@b.example");
  });

  test("a pasted list becomes chips, and Backspace takes the last away", async () => {
    const { page } = stage;
    await stage.composer("new");
    await stage.paste('"Berg, Ada" <ada@b.example>; tom@b.example\nbroken');
    await page.getByRole("row", { name: "Berg, Ada" }).waitFor();
    await page.getByRole("row", { name: "broken, not a mail address" }).waitFor();
    await page.keyboard.press("Backspace");
    await page.getByRole("row", { name: "broken, not a mail address" }).waitFor({ state: "detached" });
    expect(await page.getByRole("row").count()).toBe(2);
  });

  test("is asked once about what looks forgotten", async () => {
    const { page } = stage;
    await stage.composer("written");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("You mention an attachment, but nothing is attached.").waitFor();
    expect(await stage.calls("compose.send")).toEqual([]);
    await page.getByRole("button", { name: "Go back" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: "Send anyway" }).click();
    await expect.poll(() => stage.outcomes()).toEqual([sent]);
  });

  test("without recipients, or with a wrong one, nothing is sent and the reason stands there", async () => {
    const { page } = stage;
    await stage.composer("new");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("Add at least one recipient.").waitFor();
    await stage.composer("reply");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("“not an address” is not a mail address.").waitFor();
    expect(await stage.calls("compose.send")).toEqual([]);
  });

  test("offline, the button says what will happen", async () => {
    await stage.composer("written", true);
    await stage.page.getByRole("button", { name: "Queue until online" }).waitFor();
  });
});

describe("a reply", () => {
  test("starts in the text, shows the original cleaned, and sends it below", async () => {
    const { page } = stage;
    await stage.composer("reply");
    await page.getByRole("row", { name: "not an address, not a mail address" }).waitFor();
    await page.getByRole("button", { name: "Remove not an address" }).click();
    await page.locator(".editor-text").focus();
    await page.keyboard.type("Fine.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect.poll(() => stage.outcomes()).toEqual([sent]);
    const [{ html }] = await stage.sentContents();
    expect(html).toMatch(/^<p>Fine\.<\/p>.*<div class="bulkhead-quote"><p>On Friday/s);
    expect(html).toContain("<th>Berth</th>");
    expect(html).toContain('src="https://x.example/logo.png"');
    expect(html).not.toMatch(/script|onerror/);
    expect(await page.evaluate("globalThis.hit")).toBeUndefined();
    expect((await stage.seen()).network).toEqual([]);
  });

  test("the original can be left out, or edited as text", async () => {
    const { page } = stage;
    await stage.composer("reply");
    await page.getByRole("button", { name: "Leave out" }).click();
    await page.keyboard.press("Escape");
    await expect.poll(() => stage.outcomes()).toEqual([{ kind: "saved" }]);
    expect(JSON.stringify(await stage.calls("compose.save"))).not.toContain("bulkhead-quote");
    await stage.composer("reply");
    await page.getByRole("button", { name: "Edit as text" }).click();
    await page.locator(".editor-text blockquote", { hasText: "see you at ten." }).waitFor();
    expect(await page.locator("iframe").count()).toBe(0);
  });
});

describe("leaving", () => {
  test("an untouched new message is discarded without a word", async () => {
    await stage.composer("new");
    await stage.page.getByRole("combobox", { name: "To" }).waitFor();
    await stage.page.keyboard.press("Escape");
    await expect.poll(() => stage.outcomes()).toEqual([{ kind: "discarded" }]);
    expect(await stage.calls("compose.discard")).toEqual([{ draftId: 1 }]);
    expect(await stage.calls("compose.save")).toEqual([]);
  });

  test("what was written is saved", async () => {
    await stage.composer("written");
    await stage.page.getByLabel("Subject").fill("Plan B");
    await stage.page.getByRole("button", { name: "Save and close" }).click();
    await expect.poll(() => stage.outcomes()).toEqual([{ kind: "saved" }]);
    expect(JSON.stringify(await stage.calls("compose.save"))).toContain("Plan B");
  });

  test("it also saves by itself, and says so", async () => {
    await stage.composer("written");
    await stage.page.getByLabel("Subject").fill("Plan C");
    await stage.page.getByText("Saved", { exact: true }).waitFor();
    expect(await stage.calls("compose.save")).toHaveLength(1);
  });

  test("discarding what was written is asked first", async () => {
    const { page } = stage;
    await stage.composer("written");
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("button", { name: "Keep writing" }).click();
    expect(await stage.calls("compose.discard")).toEqual([]);
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await expect.poll(() => stage.outcomes()).toEqual([{ kind: "discarded" }]);
  });

  test("a draft that is gone says so", async () => {
    await stage.composer("unknown");
    await stage.page.getByText("This draft cannot be opened").waitFor();
  });
});

describe("files", () => {
  test("are chosen with the button", async () => {
    const { page } = stage;
    await stage.composer("written");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach files" }).click();
    await (await chooser).setFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.alloc(2000) });
    await page.getByRole("button", { name: "Remove notes.txt" }).waitFor();
    expect(await page.getByText("2 KB").count()).toBe(1);
  });

  test("or dropped, and refused above 25 MB", async () => {
    const { page } = stage;
    await stage.composer("written");
    await stage.drop("dropped.pdf", 300);
    await page.getByRole("button", { name: "Remove dropped.pdf" }).waitFor();
    await stage.drop("film.bin", 25 * 1024 * 1024 + 1);
    await page.getByText("film.bin is larger than 25 MB and was not attached.").waitFor();
    expect(await stage.calls("compose.attach")).toHaveLength(1);
  });
});

describe("the outbox", () => {
  test("shows each state with its reason, takes back and tries again", async () => {
    const { page } = stage;
    await stage.outbox("full");
    await page.getByText("The server refused the address gone@other.example.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => stage.calls("compose.retry")).toEqual([{ draftId: 3 }]);
    await page.getByRole("button", { name: "Take back and edit Winter gear" }).click();
    await expect.poll(() => stage.outcomes()).toEqual([{ kind: "edit", draftId: 2 }]);
    await page.getByRole("button", { name: "Delete Winter gear" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await expect.poll(() => stage.calls("compose.discard")).toEqual([{ draftId: 2 }]);
    expect(await page.getByRole("button", { name: /Handover/ }).count()).toBe(0);
  });

  test("says when there is nothing", async () => {
    await stage.outbox("empty");
    await stage.page.getByText("Nothing waits to be sent").waitFor();
  });
});

test.each(["light", "dark"] as const)("writing is accessible (%s)", async (theme) => {
  await stage.theme(theme);
  await stage.composer("reply");
  await stage.page.getByRole("button", { name: "Leave out" }).waitFor();
  expect(await stage.violations()).toEqual([]);
  await stage.composer("files", true);
  await stage.page.getByRole("button", { name: "Queue until online" }).waitFor();
  expect(await stage.violations()).toEqual([]);
  await stage.outbox("full");
  await stage.page.getByRole("button", { name: "Try again" }).waitFor();
  expect(await stage.violations()).toEqual([]);
});
