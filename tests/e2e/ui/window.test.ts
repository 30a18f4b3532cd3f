import AxeBuilder from "@axe-core/playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, openHarness } from "../../support/ui/open.ts";
import { SCENE_NAMES } from "../../support/ui/scenes.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const rows = () => harness.page.locator("[data-focus-target=list] [role=row]");
const selected = () => harness.page.locator("[data-focus-target=list] [aria-selected=true]");

/** Waits for what must come to be; how long it takes on a busy machine is not what is tested. */
const eventually = <T>(look: () => Promise<T>) => expect.poll(look, { timeout: 20_000 });

/** Where the first rows in view stand, by id. */
function positions(): Promise<[string, number][]> {
  return harness.page.evaluate(() =>
    [...document.querySelectorAll("[data-focus-target=list] [role=row]")]
      .map((row): [string, number] => [row.id, Math.round(row.getBoundingClientRect().bottom)])
      .filter(([, bottom]) => bottom > 250 && bottom < 600),
  );
}

describe("every scene", () => {
  it.each(SCENE_NAMES.filter((name) => name !== "arrivals"))(
    "%s has nothing that axe objects to",
    async (scene) => {
      await harness.show(scene);
      const { violations } = await new AxeBuilder({ page: harness.page })
        .setLegacyMode(true)
        .exclude("iframe")
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    },
  );
});

describe("the keys", () => {
  it("walk through the list, open, and let the reader follow", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    expect(await selected().count()).toBe(1);
    expect(await page.locator(".mail-row-open").count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.locator(".mail-row-open").waitFor();
    const before = await page.locator(".mail-row-open .mail-row-who").textContent();
    await page.keyboard.press("ArrowDown");
    await eventually(() => page.locator(".mail-row-open .mail-row-who").textContent()).not.toBe(before);
  });

  it("delete and take back, with words about it", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    const first = await rows().first().getAttribute("id");
    await page.keyboard.press("j");
    await page.keyboard.press("Delete");
    await page.getByText("Message deleted").waitFor();
    await eventually(() => rows().first().getAttribute("id")).not.toBe(first);
    expect(await selected().count()).toBe(1);
    await page.keyboard.press("z");
    await eventually(() => rows().first().getAttribute("id")).toBe(first);
  });

  it("choose a range and everything", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().nth(1).click();
    await rows()
      .nth(4)
      .click({ modifiers: ["Shift"] });
    await eventually(() => selected().count()).toBe(4);
    await rows()
      .nth(6)
      .click({ modifiers: ["Control"] });
    await page.getByText("5 messages selected").waitFor();
    await page.keyboard.press("Control+a");
    await page.getByText("10,000 messages selected").waitFor();
  });

  it("search from anywhere, and do nothing else while one writes", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    const before = await page.locator("[role=grid]").getAttribute("aria-rowcount");
    await page.keyboard.press("/");
    await page.keyboard.type("zjr#?");
    await page.getByText("Nothing found for").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("Escape");
    await eventually(() => page.locator("[role=grid]").getAttribute("aria-rowcount")).toBe(before);
  });

  it("go on from the same place when the list only shows unread mail", async () => {
    const { page, show } = harness;
    await show("normal");
    await page.getByRole("radio", { name: "Unread" }).click();
    await eventually(() => page.locator(".mail-row-unread").count()).toBe(await rows().count());
    const [, second, third] = await rows().evaluateAll((all) => all.map((row) => row.id));
    await rows().nth(1).click();
    await page.locator(`#${second}`).waitFor({ state: "detached" });
    await page.keyboard.press("j");
    await eventually(() => selected().first().getAttribute("id")).toBe(third);
  });

  it("move to a folder that was typed", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("v");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("nordw");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("Message moved to Nordwind").waitFor();
  });

  it("show their own list", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await page.keyboard.press("Escape");
    await eventually(() => page.getByRole("dialog").count()).toBe(0);
  });
});

describe("a key pressed in the message frame", () => {
  const frameKey = (key: string, held: Readonly<Record<string, boolean>> = {}) =>
    harness.page.evaluate(([name, payload]) => Reflect.get(window, "announceMain")(name, payload), [
      "app.frameKey",
      { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held },
    ] as const);
  const focused = () => harness.page.evaluate(() => document.activeElement?.localName);
  const openFirst = async () => {
    await harness.show("normal");
    await rows().nth(1).click();
    await harness.page.locator("article iframe").focus();
    await eventually(focused).toBe("iframe");
  };

  it("runs the same commands", async () => {
    await openFirst();
    const before = await selected().first().getAttribute("id");
    await frameKey("j");
    await eventually(() => selected().first().getAttribute("id")).not.toBe(before);
    await frameKey("?", { shiftKey: true });
    await harness.page.getByRole("dialog", { name: "Keys" }).waitFor();
  });

  it("leaves scrolling and selecting to the frame", async () => {
    await openFirst();
    const before = await selected().first().getAttribute("id");
    for (const key of ["ArrowDown", " ", "PageDown", "End", "Backspace", "Tab"]) await frameKey(key);
    await frameKey("a", { ctrlKey: true });
    expect(await selected().count()).toBe(1);
    expect(await selected().first().getAttribute("id")).toBe(before);
    expect(await focused()).toBe("iframe");
  });

  it("gives the focus back to the list with Escape, and does not close the message", async () => {
    await openFirst();
    await frameKey("Escape");
    expect(await harness.page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
    expect(await harness.page.locator(".mail-row-open").count()).toBe(1);
  });

  it("does nothing to the mail while it is the composer's quote", async () => {
    await openFirst();
    await harness.page.keyboard.press("Escape");
    await frameKey("r");
    await harness.page.locator("[contenteditable=true]").waitFor();
    await harness.page.locator("[contenteditable=true]").focus();
    await frameKey("Delete");
    await frameKey("Escape");
    expect(await harness.page.getByText("Message deleted").count()).toBe(0);
    expect(await harness.page.locator("[contenteditable=true]").count()).toBe(1);
  });
});

describe("the palette", () => {
  it("does what was typed", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().nth(2).click();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Commands" }).waitFor();
    await page.keyboard.type("delet");
    await page.keyboard.press("Enter");
    await page.getByText("Message deleted").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("goes to a folder", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Commands" }).waitFor();
    await page.keyboard.type("nordw");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Nordwind" }).waitFor();
  });

  it("puts the caret into the search", async () => {
    const { page, show } = harness;
    await show("normal");
    await rows().first().waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Commands" }).waitFor();
    await page.keyboard.type("search");
    await page.keyboard.press("Enter");
    await eventually(() => page.evaluate(() => document.activeElement?.localName)).toBe("input");
    await page.keyboard.type("budget");
    await eventually(() => page.getByRole("grid").getAttribute("aria-label")).toContain("budget");
  });
});

describe("the folders", () => {
  const pane = () => harness.page.getByRole("navigation", { name: "Folders" });

  it("have our names for the standard ones", async () => {
    await harness.show("normal");
    await rows().first().waitFor();
    const names = await pane().locator(".folder-name").allTextContents();
    expect(names.slice(0, 5)).toEqual(["Inbox", "Drafts", "Sent", "Deleted", "Junk"]);
  });

  it("hold what is not sent in the one Drafts, above what the server has", async () => {
    await harness.show("normal");
    await pane().getByText("Drafts", { exact: true }).click();
    await harness.page.getByRole("heading", { name: "Not sent, on this computer" }).waitFor();
    await rows().first().waitFor();
    await harness.page.getByText("Re: Budget for the third quarter").first().click();
    await harness.page.getByRole("region", { name: "Draft", exact: true }).waitFor();
  });

  it("name the outbox only while something waits in it", async () => {
    await harness.show("normal");
    await rows().first().waitFor();
    expect(await pane().getByText("Outbox").count()).toBe(0);
    await harness.show("offline");
    await pane().getByText("Outbox", { exact: true }).click();
    await harness.page.getByText("Re: Site visit in Tromsø").first().waitFor();
  });
});

describe("the density", () => {
  it.each([
    ["Compact", 36],
    ["Medium", 52],
    ["Roomy", 64],
  ])("%s draws rows of %d pixels, and is remembered", async (name, height) => {
    const { page, show } = harness;
    await show("normal");
    await rows().nth(2).waitFor();
    await page.keyboard.press("Control+,");
    await page.getByRole("radio", { name }).click();
    await page.keyboard.press("Escape");
    const tall = () =>
      rows()
        .nth(2)
        .locator(".mail-row")
        .evaluate((row) => row.getBoundingClientRect().height);
    await eventually(tall).toBe(height);
    await show("normal");
    await rows().nth(2).waitFor();
    expect(await tall()).toBe(height);
  });
});

describe("the list", () => {
  it("keeps what one reads in its place while mail arrives", async () => {
    await harness.show("arrivals");
    await rows().first().waitFor();
    await harness.page.locator("[role=grid]").evaluate((grid) => {
      grid.scrollTop = 3_000_000;
    });
    await eventually(async () => (await positions()).length).toBeGreaterThan(3);
    const before = await positions();
    const total = await harness.page.locator("[role=grid]").getAttribute("aria-rowcount");
    await eventually(() => harness.page.locator("[role=grid]").getAttribute("aria-rowcount")).not.toBe(total);
    expect(await positions()).toEqual(before);
  });

  it("draws only what is in view of 100,000 rows", async () => {
    await harness.show("normal");
    await rows().first().waitFor();
    expect(await harness.page.locator("[role=grid]").getAttribute("aria-rowcount")).toBe("100000");
    expect(await rows().count()).toBeLessThan(40);
    await harness.page.keyboard.press("End");
    await harness.page.locator("#mail-row-1").waitFor();
    expect(await rows().count()).toBeLessThan(40);
  });

  it("goes on with a fresh engine", async () => {
    await harness.show("normal");
    await rows().first().waitFor();
    await harness.page.keyboard.press("j");
    await harness.page.keyboard.press("Delete");
    await eventually(() => rows().first().getAttribute("id")).not.toBe("mail-row-100000");
    await harness.page.evaluate("window.restartEngine()");
    await eventually(() => rows().first().getAttribute("id")).toBe("mail-row-100000");
  });
});
