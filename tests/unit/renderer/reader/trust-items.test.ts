import { describe, expect, test } from "vitest";
import { type TrustFacts, trustItems } from "../../../../renderer/features/reader/trust-items.ts";
import { makeView, VIEWS } from "../../../support/content/views.ts";

function items(over: Partial<TrustFacts> = {}) {
  return trustItems({
    view: makeView(),
    ownAddresses: ["mara@harbour.example"],
    remotePictures: 0,
    trackers: 0,
    note: null,
    picturesShown: false,
    completing: false,
    onShowPictures: () => {},
    onComplete: () => {},
    ...over,
  });
}

describe("trustItems", () => {
  test("an ordinary message from inside needs none", () => {
    expect(items()).toEqual([]);
  });

  test("a newsletter has them in the order who, then what is missing", () => {
    const view = VIEWS.newsletter;
    if (view === undefined) throw new Error("no view");
    const all = items({ view, remotePictures: 2, trackers: 1, note: "Too large." });
    expect(all.map((item) => item.id)).toEqual([
      "external",
      "reply-to",
      "pictures",
      "trackers",
      "shortened",
      "note",
    ]);
    expect(all.map((item) => item.label)).toEqual([
      "External sender",
      "Replies go elsewhere",
      "2 pictures not loaded",
      "1 tracker blocked",
      "Shortened",
      "Shown as text",
    ]);
    expect(all[1]?.explanation).toContain("bounce-4711@mailer.example");
  });

  test("pictures can be shown, and then the item is gone", () => {
    let asked = 0;
    const [item] = items({ remotePictures: 1, onShowPictures: () => (asked += 1) });
    expect(item?.label).toBe("1 picture not loaded");
    item?.action?.onPress();
    expect(asked).toBe(1);
    expect(items({ remotePictures: 1, picturesShown: true })).toEqual([]);
  });

  test("a shortened body can be completed, and says that it is under way", () => {
    const view = makeView({ body: { kind: "text", text: "x", truncated: true } });
    expect(items({ view })[0]?.action?.pending).toBe(false);
    expect(items({ view, completing: true })[0]?.action?.pending).toBe(true);
    expect(items({ view: makeView({ body: { kind: "missing", reason: "offline" } }) })).toEqual([]);
  });
});
