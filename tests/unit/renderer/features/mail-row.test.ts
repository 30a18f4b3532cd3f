import { describe, expect, it } from "vitest";
import { countText } from "../../../../renderer/features/mail-list/ListHeader.tsx";
import { describeRow } from "../../../../renderer/features/mail-list/MailRow.tsx";
import { createDateWords } from "../../../../renderer/state/dates.ts";
import { rowWith } from "../state/fake-bridge.ts";

const words = createDateWords("en-GB");

describe("what a screen reader says of a row", () => {
  it("is who, what and when for plain mail", () => {
    const said = describeRow(rowWith({ date: new Date(2026, 10, 17, 9, 5).getTime() }), words, false);
    expect(said).toMatch(/^Ada Byron, Engines, Tuesday,? 17 November 2026/);
    expect(said).not.toMatch(/Unread|Flagged|Invitation|Waits/);
  });

  it("begins with what is unusual and names every mark", () => {
    const said = describeRow(
      rowWith({
        unread: true,
        flagged: true,
        attachments: true,
        invitation: true,
        answered: "replied",
        pending: true,
      }),
      words,
      false,
    );
    expect(said).toMatch(/^Unread, Flagged, Ada Byron/);
    for (const mark of ["Has attachments", "Invitation", "Replied", "Waits for the server"]) {
      expect(said).toContain(mark);
    }
  });

  it("names the recipients where a folder shows them, and says when there is no subject", () => {
    expect(describeRow(rowWith({ subject: "" }), words, true)).toMatch(/^To Ben, No subject/);
    expect(describeRow(rowWith({ from: { name: "", email: "x@y" } }), words, false)).toMatch(/^x@y/);
    expect(describeRow(rowWith({ answered: "forwarded" }), words, false)).toContain("Forwarded");
  });
});

describe("the count in the header", () => {
  it.each([
    [12, 3, 100, "12 selected"],
    [1, 3, 100, "3 unread"],
    [0, 0, 100, "100 messages"],
    [0, 0, 1, "1 message"],
    [0, 0, 0, ""],
  ])("of %d selected, %d unread, %d in all is %j", (selected, unread, total, text) => {
    expect(countText(selected, unread, total)).toBe(text);
  });
});
