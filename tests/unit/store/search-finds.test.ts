import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fixture } from "../../store/support.ts";
import { mail } from "../../store/support-core.ts";
import { file, found, person, SEED, scopeOf, text } from "../../support/store/workbench.ts";

const LETTERS = {
  latin: "abcdefghijklmnopqrstuvwxyzäöüéèñçåøß",
  cyrillic: "абвгдежзийклмнопрстуфхцчшщыьэюяё",
  greek: "αβγδεζηθικλμνξοπρστυφχψωάέή",
  hebrew: "אבגדהוזחטיכלמנסעפצקרשת",
  arabic: "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
  han: "東京天気予報会議日本語漢字北京上海",
  hangul: "서울회의일정한국어안녕하세요",
  digits: "0123456789",
} as const;

const word = (letters: string, maxLength = 9) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength });

/** Texts of one to six words, each word of one script. */
const TEXTS = fc.array(fc.oneof(...Object.values(LETTERS).map((letters) => word(letters))), {
  minLength: 1,
  maxLength: 6,
});

function library(count: number): { f: Fixture; texts: string[][] } {
  const f = new Fixture();
  const texts = fc.sample(TEXTS, { seed: SEED, numRuns: count });
  f.answer("in", {
    added: texts.map((words, index) =>
      mail(`${index}`, { subject: `#${index}`, body: text(words.join(" ")), from: [] }),
    ),
  });
  return { f, texts };
}

describe("whatever a text says can be found", () => {
  test("every word of every text finds it, and so do all its words together", () => {
    const { f, texts } = library(80);
    for (const [index, words] of texts.entries()) {
      for (const one of words) expect(found(f, one), one).toContain(`#${index}`);
      expect(found(f, words.join(" "))).toContain(`#${index}`);
      expect(found(f, [...words].reverse().join(" "))).toContain(`#${index}`);
    }
  });

  test("every beginning of a word finds it, in either case", () => {
    const { f, texts } = library(25);
    for (const [index, words] of texts.entries())
      for (const one of words)
        for (let length = 1; length <= one.length; length += 1) {
          expect(found(f, one.slice(0, length)), one.slice(0, length)).toContain(`#${index}`);
          expect(found(f, one.slice(0, length).toUpperCase())).toContain(`#${index}`);
        }
  });

  test("a longer beginning finds nothing that a shorter one did not", () => {
    const { f, texts } = library(40);
    for (const words of texts) {
      let wider = new Set(texts.map((_, index) => `#${index}`));
      const typed = words.join(" ");
      for (let length = 1; length <= typed.length; length += 1) {
        const hits = found(f, typed.slice(0, length));
        for (const hit of hits) expect(wider.has(hit), typed.slice(0, length)).toBe(true);
        wider = new Set(hits);
      }
    }
  });

  test("quoted, the words must stand side by side and in order", () => {
    const { f, texts } = library(80);
    for (const [index, words] of texts.entries()) {
      expect(found(f, `"${words.join(" ")}"`)).toContain(`#${index}`);
      const [first, second] = words;
      if (first !== undefined && second !== undefined)
        expect(found(f, `"${first} ${second}"`)).toContain(`#${index}`);
    }
  });

  test("a word that no text has finds nothing, also beside words that some have", () => {
    const { f, texts } = library(40);
    for (const words of texts) expect(found(f, `${words[0]} zzzzqqqq`)).toEqual([]);
    expect(found(f, "zzzzqqqq")).toEqual([]);
  });

  test("no text that is typed throws, and every answer is a part of the folder", () => {
    const { f } = library(30);
    const all = new Set(f.subjects("in"));
    const syntax = fc.string({
      unit: fc.constantFrom(
        ..."\"'*():^-+{},.;~!@#$%&|\\/<>=?[]`",
        " ",
        "a",
        "1",
        "東",
        "NEAR",
        "OR",
        "AND",
        "NOT",
        "subject",
        "rank",
        "search",
      ),
      maxLength: 60,
    });
    const typed = fc.oneof(
      syntax,
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom("a\0b", "\0", "alpha\0", '"al\0pha"'),
    );
    fc.assert(
      fc.property(typed, (query) => {
        for (const hit of found(f, query)) expect(all.has(hit)).toBe(true);
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  test.each([
    ["one word", "x".repeat(100_000)],
    ["one word of Han", "天".repeat(20_000)],
    ["many words", "ab ".repeat(50_000)],
    ["one open phrase", `"${"ab cd ".repeat(20_000)}`],
    ["many phrases", '"a b" '.repeat(20_000)],
    ["nothing but quotes", '"'.repeat(100_001)],
    ["nothing but marks", "\u0301".repeat(100_000)],
  ])("a very long query is answered: %s", (_, query) => {
    const { f } = library(3);
    expect(found(f, query)).toEqual([]);
  });
});

describe("where a word is looked for", () => {
  function one(): Fixture {
    const f = new Fixture();
    f.answer("in", {
      added: [
        mail("1", {
          subject: "Quarterly figures",
          from: [person("Ada Lovelace", "ada@engine.example")],
          to: [person("Grace Hopper", "grace@navy.example")],
          cc: [person("Edsger Dijkstra", "ewd@paths.example")],
          body: text("shortest way home"),
          attachments: [file("minutes-of-may.pdf"), file("logo.png", { inline: true, contentId: "l" })],
        }),
      ],
    });
    return f;
  }

  test.each([
    ["the subject", "quarterly"],
    ["the sender's name", "lovelace"],
    ["the sender's address", "ada@engine.example"],
    ["a part of the sender's address", "engine"],
    ["a recipient", "hopper"],
    ["a recipient's address", "navy.example"],
    ["a copy's recipient", "dijkstra"],
    ["the body", "shortest"],
    ["an attachment's name", "minutes-of-may.pdf"],
    ["a word of an attachment's name", "may"],
    ["all of them at once", "figures ada grace ewd home minutes"],
  ])("%s", (_, query) => {
    expect(found(one(), query)).toEqual(["Quarterly figures"]);
  });

  test.each([
    ["the name of an inline picture", "logo"],
    ["the middle of a word", "uarterly"],
    ["a phrase over two fields", '"figures ada"'],
    ["a column's name", "subject"],
    ["a word with a tail", "figures2"],
  ])("not in %s", (_, query) => {
    expect(found(one(), query)).toEqual([]);
  });

  test("what a change takes away is not found any more, what it brings is", () => {
    const f = one();
    f.answer("in", { changed: [{ serverId: "1", subject: "Yearly figures" }] });
    expect([found(f, "quarterly"), found(f, "yearly"), found(f, "shortest")]).toEqual([
      [],
      ["Yearly figures"],
      ["Yearly figures"],
    ]);
    f.answer("in", { changed: [{ serverId: "1", attachments: [file("other.doc")] }] });
    expect([found(f, "minutes"), found(f, "other.doc")]).toEqual([[], ["Yearly figures"]]);
    f.answer("in", { changed: [{ serverId: "1", to: [person("Katherine", "kj@nasa.example")] }] });
    expect([found(f, "hopper"), found(f, "dijkstra"), found(f, "katherine")]).toEqual([
      [],
      ["Yearly figures"],
      ["Yearly figures"],
    ]);
  });

  test("a page of results is the part of the whole that was asked for, in every filter", () => {
    const f = new Fixture();
    f.answer("in", {
      added: Array.from({ length: 60 }, (_, index) =>
        mail(`${index}`, {
          date: (index * 7919) % 13,
          read: index % 2 === 0,
          flagged: index % 3 === 0,
          body: text(index % 5 === 0 ? "needle hay" : "hay"),
        }),
      ),
    });
    for (const filter of ["all", "unread", "flagged"] as const)
      for (const query of ["hay", "needle", "nothing"]) {
        const scope = scopeOf(f, "in", filter, query);
        const whole = f.store.mail.page(scope, 0, 500);
        const listed = f
          .rows("in", filter)
          .filter((row) => query === "hay" || (query === "needle" && Number(row.subject.slice(8)) % 5 === 0));
        expect(whole.rows).toEqual(listed);
        for (let offset = 0; offset <= whole.total + 1; offset += 1)
          for (const limit of [1, 4, 500])
            expect(f.store.mail.page(scope, offset, limit)).toEqual({
              total: listed.length,
              rows: listed.slice(offset, offset + limit),
            });
      }
  });

  test("a query of blanks is no query; one that means nothing finds nothing", () => {
    const f = one();
    expect(found(f, "   ")).toEqual(["Quarterly figures"]);
    expect(found(f, "—")).toEqual([]);
  });
});
