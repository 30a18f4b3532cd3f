import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RemoteMessage } from "../../../electron/ports/remote.ts";
import { Fixture } from "../../store/support.ts";
import { mail } from "../../store/support-core.ts";
import { file, found, idOf, numberFrom, person, SEED, scopeOf, text } from "../../support/store/workbench.ts";

/** A store after one answer with these messages. */
function given(...added: RemoteMessage[]): Fixture {
  const f = new Fixture();
  if (!f.answer("in", { added })) throw new Error("refused");
  return f;
}

describe("values that are too long", () => {
  test.each([
    ["subject", 1_000],
    ["preview", 200],
  ] as const)("a %s of five million characters is cut to %i", (field, expected) => {
    const f = given(mail("1", { [field]: "x".repeat(5_000_000) }));
    expect(f.rows("in")[0]?.[field]).toBe("x".repeat(expected));
  });

  test("a name and an address of a million characters are cut in the list", () => {
    const f = given(mail("1", { from: [person("n".repeat(1_000_000), "e".repeat(1_000_000))] }));
    expect(f.rows("in")[0]?.from).toEqual({ name: "n".repeat(320), email: "e".repeat(320) });
  });

  test("of a body of three million characters all is kept and the first 200,000 are searched", () => {
    const body = text(`first ${"x ".repeat(99_990)}late ${"y ".repeat(1_400_000)}last`);
    const f = given(mail("1", { subject: "S", body }));
    expect(f.store.mail.open(idOf(f, "S"))?.body).toEqual({
      kind: "text",
      text: body.data,
      truncated: false,
    });
    expect([found(f, "first"), found(f, "late"), found(f, "last")]).toEqual([["S"], ["S"], []]);
  });

  test("ten thousand recipients are all there when it is opened, and a few in the list", () => {
    const to = Array.from({ length: 10_000 }, (_, n) => person(`Name${n}`, `u${n}@example.com`));
    const f = given(mail("1", { subject: "S", to, cc: to.slice(0, 2) }));
    const opened = f.store.mail.open(idOf(f, "S"));
    expect([opened?.to, opened?.cc]).toEqual([to, to.slice(0, 2)]);
    expect(opened?.row.to).toBe("Name0, Name1, Name2, Name3, Name4");
    expect([found(f, "name9999"), found(f, "u0@example.com")]).toEqual([["S"], ["S"]]);
  });

  test("five thousand attachments are listed in order, and keep their ids when they are told again", () => {
    const attachments = Array.from({ length: 5_000 }, (_, n) => file(`${n}.txt`, { size: n }));
    const f = given(mail("1", { subject: "S", attachments }));
    const list = () => f.store.mail.open(idOf(f, "S"))?.attachments ?? [];
    const before = list();
    expect(before.map(({ name, size }) => `${name} ${size}`)).toEqual(
      attachments.map(({ name, size }) => `${name} ${size}`),
    );
    f.answer("in", { changed: [{ serverId: "1", attachments }] });
    expect(list()).toEqual(before);
  });

  test("two thousand messages in one answer are counted and listed", () => {
    const f = given(
      ...Array.from({ length: 2_000 }, (_, n) => ({ serverId: `${n}`, date: n, read: n % 4 === 0 })),
    );
    expect(f.counts("in")).toEqual({ total: 2_000, unread: 1_500 });
    expect(f.store.mail.page(scopeOf(f, "in"), 1_990, 500).rows.map((row) => row.date)).toEqual([
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ]);
  });
});

describe("values that are odd", () => {
  test("NUL stays inside of every text and hides nothing that follows it", () => {
    const odd = "before\0after";
    const f = given(
      mail("1\0", {
        subject: odd,
        preview: odd,
        body: text(odd),
        from: [person(odd, "a\0@example.com")],
        to: [person(odd, "b@example.com")],
        attachments: [file(odd)],
      }),
    );
    const [row] = f.rows("in");
    expect(row).toMatchObject({
      subject: odd,
      preview: odd,
      from: { name: odd, email: "a\0@example.com" },
      to: odd,
    });
    const opened = f.store.mail.open(idOf(f, odd));
    expect([opened?.body, opened?.attachments[0]?.name]).toEqual([
      { kind: "text", text: odd, truncated: false },
      odd,
    ]);
    expect([found(f, "before"), found(f, "after")]).toEqual([[odd], [odd]]);
    f.answer("in", { deleted: ["1"] });
    expect(f.rows("in")).toHaveLength(1);
    f.answer("in", { deleted: ["1\0"] });
    expect(f.rows("in")).toEqual([]);
  });

  test("half characters become the replacement character, and the message can be read and found", () => {
    const f = given(
      mail("1", {
        subject: "a\ud800 word",
        body: text("\udc00 other"),
        from: [person("\ud83d", "x@example.com")],
      }),
    );
    expect(f.rows("in")).toMatchObject([{ subject: "a\ufffd word", from: { name: "\ufffd" } }]);
    expect(f.store.mail.open(idOf(f, "a\ufffd word"))?.body).toMatchObject({ text: "\ufffd other" });
    expect([found(f, "word"), found(f, "other")]).toEqual([["a\ufffd word"], ["a\ufffd word"]]);
  });

  test.each([
    ["line breaks", "a\r\nb\u2028c\u0085d"],
    ["marks of direction", "\u202eabc\u2066\u2069\u200f"],
    ["controls", "\u0001\u001b[31m\u007f\u009b"],
    ["noncharacters", "\uffff\ufffe\u{1fffe}"],
    ["SQL", "'); DROP TABLE messages; --"],
    ["HTML", "<script>alert(1)</script>"],
    ["a thousand marks on one letter", `a${"\u0301".repeat(900)}`],
    ["only blanks", "   \t  "],
  ])("a subject with %s is told as it was", (_, subject) => {
    const f = given(mail("1", { subject }));
    expect(f.rows("in")[0]?.subject).toBe(subject);
    expect(f.store.check()).toEqual([]);
  });

  test("server ids differ when any character does: case, zeros, blanks, spelling", () => {
    const ids = ["a", "A", "1", "01", "1 ", " 1", "1.0", "", "é", "e\u0301", "%", "_", "a\0", "*"];
    const f = given(...ids.map((id) => mail(id, { subject: `<${id}>` })));
    expect(f.rows("in")).toHaveLength(ids.length);
    for (const [index, id] of ids.entries()) {
      f.answer("in", { deleted: [id] });
      expect(f.subjects("in").sort()).toEqual(
        ids
          .slice(index + 1)
          .map((other) => `<${other}>`)
          .sort(),
      );
    }
  });

  test("a SyncKey may be any text; it is compared as it is", () => {
    const f = new Fixture();
    let previousKey = "0";
    for (const newKey of ["{7}", "", "é", "e\u0301", "k".repeat(100_000), "1e3", "1000"]) {
      expect(f.answer("in", { previousKey, newKey })).toBe(true);
      expect(f.answer("in", { previousKey, newKey: "other" })).toBe(false);
      expect(f.key("in")).toBe(newKey);
      previousKey = newKey;
    }
  });

  test("attachments that are alike in everything are as many as were told", () => {
    const same = file("same.txt");
    const f = given(mail("1", { subject: "S", attachments: [same, same, same] }));
    const list = () => f.store.mail.open(idOf(f, "S"))?.attachments.map(({ id }) => id) ?? [];
    const [first, second, third] = list();
    f.answer("in", { changed: [{ serverId: "1", attachments: [same, same, same] }] });
    expect(list()).toEqual([first, second, third]);
    f.answer("in", { changed: [{ serverId: "1", attachments: [same] }] });
    expect(list()).toEqual([first]);
    f.answer("in", { changed: [{ serverId: "1", attachments: [file("new"), same] }] });
    expect(list()).toHaveLength(2);
    expect(list()[1]).toBe(first);
  });

  test("dates and sizes that are no whole numbers cost themselves, not the answer they came in", () => {
    const numbers = [1.5, -0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60];
    const f = given(
      ...numbers.map((odd, n) =>
        mail(`${n}`, { subject: `S${n}`, date: odd, attachments: [file("a", { size: odd })] }),
      ),
    );
    numbers.forEach((_, n) => {
      const row = f.row("in", `S${n}`);
      expect(Number.isSafeInteger(row.date)).toBe(true);
      const [attachment] = f.store.mail.open(row.id)?.attachments ?? [];
      expect(Number.isSafeInteger(attachment?.size)).toBe(true);
    });
    f.answer("in", { changed: [{ serverId: "0", date: 7.25 }] });
    expect(f.row("in", "S0").date).toBe(7);
    f.answer("in", { changed: [{ serverId: "0", date: Number.NaN }] });
    expect(f.row("in", "S0").date).toBe(7);
  });

  test("five thousand attachments alike in everything are told again in one look at each", () => {
    const same = file("same.txt");
    const attachments = Array.from({ length: 5_000 }, () => same);
    const f = given(mail("1", { subject: "S", attachments }));
    const ids = () => f.store.mail.open(idOf(f, "S"))?.attachments.map(({ id }) => id) ?? [];
    const before = ids();
    f.answer("in", { changed: [{ serverId: "1", attachments }] });
    expect(ids()).toEqual(before);
  });

  test("a list of inline pictures only shows no clip; one file among them does", () => {
    const inline = file("logo.png", { inline: true, contentId: "logo" });
    const f = given(mail("1", { subject: "S", attachments: [inline] }));
    expect(f.row("in", "S").attachments).toBe(false);
    f.answer("in", { changed: [{ serverId: "1", attachments: [inline, file("a.pdf")] }] });
    expect(f.row("in", "S").attachments).toBe(true);
  });
});

describe("answers that contradict themselves", () => {
  test.each<[string, { added?: RemoteMessage[]; changed?: RemoteMessage[]; deleted?: string[] }, string[]]>([
    [
      "one id added three times is the last",
      { added: [mail("n", { subject: "1" }), mail("n", { subject: "2" }), mail("n", { subject: "3" })] },
      ["3", "old"],
    ],
    ["added and deleted is deleted", { added: [mail("n")], deleted: ["n"] }, ["old"]],
    [
      "added, changed and deleted is deleted",
      { added: [mail("n")], changed: [mail("n", { subject: "c" })], deleted: ["n"] },
      ["old"],
    ],
    [
      "added and changed is as changed",
      { added: [mail("n", { subject: "a" })], changed: [{ serverId: "n", subject: "c" }] },
      ["c", "old"],
    ],
    [
      "changed twice is the last",
      {
        changed: [
          { serverId: "o", subject: "1" },
          { serverId: "o", subject: "2" },
        ],
      },
      ["2"],
    ],
    ["an Add of what is there is a change", { added: [{ serverId: "o", subject: "new" }] }, ["new"]],
    ["deleted twice is gone once", { deleted: ["o", "o"] }, []],
    ["a Change of what is unknown is nothing", { changed: [mail("nobody")] }, ["old"]],
    ["a Delete of what is unknown is nothing", { deleted: ["nobody"] }, ["old"]],
    [
      "deleted and added anew under another id is another",
      { added: [mail("n", { subject: "anew" })], deleted: ["o"] },
      ["anew"],
    ],
  ])("%s", (_, changes, expected) => {
    const f = given(mail("o", { subject: "old" }));
    expect(f.answer("in", changes)).toBe(true);
    expect(f.subjects("in").sort()).toEqual([...expected].sort());
    expect(f.counts("in")).toEqual({ total: expected.length, unread: expected.length });
    expect(numberFrom(f, "SELECT count(*) FROM messages")).toBe(expected.length);
  });

  test("any answers over a few ids leave what a map would hold", () => {
    const f = new Fixture();
    const model = new Map<string, { subject: string; read: boolean }>();
    const one = fc.record({
      serverId: fc.constantFrom("a", "b", "c", "d", "e"),
      subject: fc.constantFrom("one", "two", "three"),
      read: fc.boolean(),
    });
    const answer = fc.record({
      added: fc.array(one, { maxLength: 5 }),
      changed: fc.array(one, { maxLength: 4 }),
      deleted: fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 3 }),
    });
    for (const { added, changed, deleted } of fc.sample(answer, { seed: SEED, numRuns: 80 })) {
      for (const { serverId, ...state } of added) model.set(serverId, state);
      for (const { serverId, ...state } of changed) if (model.has(serverId)) model.set(serverId, state);
      for (const serverId of deleted) model.delete(serverId);
      expect(f.answer("in", { added, changed, deleted })).toBe(true);
      const expected = [...model.values()].map(({ subject, read }) => `${subject} ${read}`).sort();
      expect(
        f
          .rows("in")
          .map((row) => `${row.subject} ${!row.unread}`)
          .sort(),
      ).toEqual(expected);
      expect(f.counts("in")).toEqual({
        total: model.size,
        unread: [...model.values()].filter(({ read }) => !read).length,
      });
      for (const subject of ["one", "two", "three"])
        expect(found(f, subject)).toHaveLength(
          [...model.values()].filter((state) => state.subject === subject).length,
        );
    }
    expect(f.store.check()).toEqual([]);
  });

  test("an answer that fails in its middle is not there at all, and the next one is taken", () => {
    const f = given(mail("o", { subject: "old" }));
    const broken: RemoteMessage = {
      serverId: "b",
      get subject(): string {
        throw new Error("unreadable");
      },
    };
    const added = [mail("n", { subject: "fresh" }), broken];
    expect(() => f.answer("in", { added, deleted: ["o"] })).toThrow("unreadable");
    expect([f.subjects("in"), f.key("in"), found(f, "fresh"), f.counts("in").total]).toEqual([
      ["old"],
      "1",
      [],
      1,
    ]);
    expect(f.answer("in", { added: added.slice(0, 1) })).toBe(true);
    expect(found(f, "fresh")).toEqual(["fresh"]);
  });

  test("verdicts on wishes that nobody has, or twice on one, settle nothing else", () => {
    const f = given(mail("1"), mail("2"));
    f.store.mail.setRead(
      f.rows("in").map((row) => row.id),
      true,
    );
    const [first] = f.sync.intents(10);
    const done = { intentId: first?.id ?? 0, verdict: "done" } as const;
    f.answer("in", {
      verdicts: [
        done,
        done,
        { intentId: first?.id ?? 0, verdict: "gone" },
        { intentId: -1, verdict: "gone" },
        { intentId: 99, verdict: "revert", reason: "x" },
      ],
    });
    expect([f.rows("in").length, f.sync.pendingCount().actions]).toEqual([2, 1]);
  });
});
