import { describe, expect, test } from "vitest";
import { doubtsAbout, isEmptyDraft } from "../../../../renderer/features/composer/checks.ts";
import { outboxWords } from "../../../../renderer/features/composer/outbox-words.ts";
import { OUTBOX } from "../../../support/content/drafts.ts";

const ids = (subject: string, text: string, attachments = 0) =>
  doubtsAbout({ subject, text, attachments }).map((doubt) => doubt.id);

describe("doubtsAbout", () => {
  test("a missing subject", () => {
    expect(ids(" ", "Hello")).toEqual(["no-subject"]);
    expect(ids("Plan", "Hello")).toEqual([]);
  });

  test.each([
    "The plan is attached.",
    "see attachment",
    "I attach the plan",
    "Anbei der Plan",
    "im Anhang",
    "Die beigefügte... beigefügt",
    "pièce jointe",
    "bijlage",
  ])("an attachment mentioned: %s", (text) => {
    expect(ids("Plan", text)).toEqual(["no-attachment"]);
    expect(ids("Plan", text, 1)).toEqual([]);
  });

  test.each(["We are detached from it", "anhanglos", "an unattached house", ""])(
    "none mentioned: %s",
    (text) => expect(ids("Plan", text)).toEqual([]),
  );

  test("both at once, and the subject counts as text", () => {
    expect(ids("", "attached")).toEqual(["no-subject", "no-attachment"]);
    expect(ids("Attached: plan", "")).toEqual(["no-attachment"]);
  });
});

describe("isEmptyDraft", () => {
  const empty = { people: 0, subject: " ", text: "\n", attachments: 0, quoted: false };
  test("only without anything a person put there", () => {
    expect(isEmptyDraft(empty)).toBe(true);
    expect(isEmptyDraft({ ...empty, people: 1 })).toBe(false);
    expect(isEmptyDraft({ ...empty, subject: "x" })).toBe(false);
    expect(isEmptyDraft({ ...empty, text: "x" })).toBe(false);
    expect(isEmptyDraft({ ...empty, attachments: 1 })).toBe(false);
    expect(isEmptyDraft({ ...empty, quoted: true })).toBe(false);
  });
});

describe("outboxWords", () => {
  test("name the recipients and what the item waits for", () => {
    expect(OUTBOX.map(outboxWords)).toEqual([
      { to: "To Tom Falk", state: "Being sent" },
      { to: "To Tom Falk, Tom Falk and 1 more", state: "Waits until the server can be reached" },
      { to: "To gone@other.example", state: "The server refused the address gone@other.example." },
    ]);
  });

  test("have words where the engine gives none", () => {
    const [item] = OUTBOX;
    if (item === undefined) throw new Error("no item");
    expect(outboxWords({ ...item, state: "queued", reason: null, to: [] })).toEqual({
      to: "No recipients",
      state: "Waits to be sent",
    });
    expect(outboxWords({ ...item, state: "failed", reason: null }).state).toBe("The server did not take it.");
  });
});
