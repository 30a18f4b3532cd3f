import { describe, expect, test } from "vitest";
import { folded, indexable, matchExpression } from "../../electron/store/search-text.ts";
import { Fixture } from "./support.ts";
import { breaking, mail } from "./support-core.ts";

const text = (data: string) => ({ kind: "text" as const, data, truncated: false, size: data.length });

/** Whether a message with this body is found by the query, and one without it is not. */
function finds(body: string, query: string): boolean {
  const f = new Fixture();
  const from = [{ name: "", email: "" }];
  f.answer("in", {
    added: [
      mail("hit", { subject: "", from, to: [], body: text(body) }),
      mail("miss", { subject: "", from, to: [], body: text("") }),
    ],
  });
  const found = f.rows("in", "all", query);
  expect(found.length).toBeLessThanOrEqual(1);
  return found.length === 1;
}

describe("letters that people type otherwise", () => {
  test.each([
    // Latin
    ["Müller", "muller"],
    ["Müller", "MÜLLER"],
    ["Mu\u0308ller", "müller"],
    ["Müller", "mu\u0308ller"],
    ["café", "cafe"],
    ["cafe", "café"],
    ["naïve façade", "naive facade"],
    ["Škoda", "skoda"],
    ["Łódź", "lodz"],
    ["Lodz", "łódź"],
    ["Ørsted", "orsted"],
    ["Đorđević", "dordevic"],
    ["Straße", "strasse"],
    ["STRASSE", "straße"],
    ["Æther", "aether"],
    ["œuvre", "oeuvre"],
    ["İstanbul", "istanbul"],
    ["Diyarbakır", "diyarbakir"],
    ["Nguyễn", "nguyen"],
    ["Việt Nam", "viet nam"],
    ["ﬁnance", "finance"],
    ["Ｆｕｌｌ　ｗｉｄｔｈ", "full width"],
    // Cyrillic, precomposed and not
    ["Артём ещё", "артем еще"],
    ["Артем еще", "артём ещё"],
    ["Чайковский", "чаиковскии"],
    ["Чаи\u0306ковскии\u0306", "Чайковский"],
    ["ЁЛКА", "елка"],
    ["Київ", "київ"],
    ["Київ", "киів"],
    // Greek
    ["Αθήνα", "αθηνα"],
    ["Ελλάδα", "ΕΛΛΑΔΑ"],
    ["προϊόν", "προιον"],
    // Hebrew with and without points
    ["שָׁלוֹם", "שלום"],
    ["שלום", "שָׁלוֹם"],
    // Arabic: vowels, hamza on alef, tatweel
    ["مُحَمَّد", "محمد"],
    ["محمد", "مُحَمَّد"],
    ["أحمد", "احمد"],
    ["إسلام", "اسلام"],
    ["سـلام", "سلام"],
    ["اجتماع الفريق غدا", "الفريق"],
    ["اجتماع الفريق غدا", "الفر"],
    // Indic vowels are no accents: they are kept, and found
    ["हिन्दी", "हिन्दी"],
    ["தமிழ்", "தமிழ்"],
  ])("%s is found by %s", (body, query) => {
    expect(finds(body, query)).toBe(true);
  });

  test.each([
    ["हिन्दी", "हन्द"],
    ["か", "が"],
    ["резюме", "резюма"],
    ["Müller", "mueller"],
    ["سلام", "كلام"],
  ])("%s is not found by %s", (body, query) => {
    expect(finds(body, query)).toBe(false);
  });
});

describe("scripts without spaces", () => {
  test.each([
    ["明日の会議は十時からです", "会議"],
    ["明日の会議は十時からです", "会"],
    ["明日の会議は十時からです", "明日の会議"],
    ["明日の会議は十時からです", "会議 十時"],
    ["明日の会議は十時からです", '"十時から"'],
    ["请在周五之前回复", "周五"],
    ["请在周五之前回复", "回复 周五"],
    ["データベース", "ベース"],
    ["ﾃﾞｰﾀﾍﾞｰｽ", "データ"],
    ["データ", "ﾃﾞｰﾀ"],
    ["서울에서 만나요", "서울"],
    ["서울에서 만나요", "만나"],
    ["ประชุมวันศุกร์", "วันศุกร์"],
    ["ສະບາຍດີ", "ບາຍ"],
    ["សួស្តី", "សួ"],
    ["မင်္ဂလာပါ", "လာပါ"],
    ["Budget予算2026", "予算"],
    ["Budget予算2026", "budget"],
    ["Budget予算2026", "2026"],
    ["Budget予算2026", "budget 予"],
  ])("%s is found by %s", (body, query) => {
    expect(finds(body, query)).toBe(true);
  });

  test.each([
    ["明日の会議は十時からです", "議会"],
    ["明日の会議は十時からです", "会明"],
    ["请在周五之前回复", "五周"],
    ["서울에서", "울서"],
    ["東京 京都", "東都"],
  ])("%s is not found by %s: the order of characters counts", (body, query) => {
    expect(finds(body, query)).toBe(false);
  });
});

describe("beginnings of words", () => {
  test.each(["q", "qu", "qui", "quic", "quick", "Q", "QUICK", "quick b", "b q", "f", "fox q b"])(
    "%s finds the quick brown fox",
    (query) => {
      expect(finds("the quick brown fox", query)).toBe(true);
    },
  );

  test.each(["x", "uick", "ox", "quickb", "quick z", "fo x", '"q"', '"quick b"', "k"])(
    "%s does not",
    (query) => {
      expect(finds("the quick brown fox", query)).toBe(false);
    },
  );

  test("one letter finds what begins with it in any field", () => {
    const f = new Fixture();
    const nobody = { from: [{ name: "", email: "" }], to: [], body: text("") };
    f.answer("in", {
      added: [
        mail("1", { ...nobody, subject: "zebra" }),
        mail("2", { ...nobody, subject: "", from: [{ name: "Zoë", email: "" }] }),
        mail("3", { ...nobody, subject: "", to: [{ name: "Zacharias", email: "" }] }),
        mail("4", { ...nobody, subject: "", body: text("at the zoo") }),
        mail("5", { ...nobody, subject: "jazz" }),
      ],
    });
    const serverIds = f.rows("in", "all", "z").length;
    expect(serverIds).toBe(4);
    expect(f.rows("in", "all", "j")).toHaveLength(1);
  });

  test("every prefix of a word finds it, and each is at least as wide as the next", () => {
    const f = new Fixture();
    const words = ["in", "inn", "inner", "innermost", "input", "out"];
    f.answer("in", { added: words.map((word) => mail(word, { subject: word, body: text("") })) });
    const from = (query: string) => new Set(f.rows("in", "all", query).map((row) => row.subject));
    let wider = from("i");
    expect(wider).toEqual(new Set(["in", "inn", "inner", "innermost", "input"]));
    for (const query of ["in", "inn", "inne", "inner", "innerm"]) {
      const found = from(query);
      for (const subject of found) expect(wider.has(subject)).toBe(true);
      expect(found.has("innermost")).toBe(true);
      wider = found;
    }
    expect(wider).toEqual(new Set(["innermost"]));
  });
});

describe("what the index is given follows the message", () => {
  const found = (f: Fixture, query: string) => f.rows("in", "all", query).length;

  test("a changed subject is found by its new words and no more by the old", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { subject: "kumquat" })] });
    f.answer("in", { changed: [{ serverId: "1", subject: "rambutan" }] });
    expect([found(f, "kumquat"), found(f, "rambutan"), found(f, "body")]).toEqual([0, 1, 1]);
  });

  test("changed recipients and senders too", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1")] });
    f.answer("in", {
      changed: [
        {
          serverId: "1",
          from: [{ name: "Nadia", email: "nadia@example.org" }],
          to: [{ name: "Oskar", email: "oskar@example.org" }],
          cc: [{ name: "Petra", email: "petra@example.org" }],
        },
      ],
    });
    expect([found(f, "nadia"), found(f, "oskar"), found(f, "petra"), found(f, "builder")]).toEqual([
      1, 1, 1, 0,
    ]);
  });

  test("a change of flags alone keeps it found", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { subject: "kumquat" })] });
    f.answer("in", { changed: [{ serverId: "1", read: true, flagged: true }] });
    expect(found(f, "kumquat")).toBe(1);
  });

  test("a body that came later is found from then on, beside what was known", () => {
    const f = new Fixture();
    const { body: _, ...bare } = mail("1", { subject: "kumquat" });
    f.answer("in", { added: [bare] });
    const { id } = f.row("in", "kumquat");
    f.sync.commitBody(id, text("rambutan"), null);
    expect([found(f, "kumquat"), found(f, "rambutan"), found(f, "kumquat rambutan")]).toEqual([1, 1, 1]);
  });

  test("names of attachments are found, those of inline pictures are not", () => {
    const f = new Fixture();
    const file = (name: string, inline: boolean) => ({
      fileReference: name,
      name,
      type: "",
      size: 1,
      inline,
      contentId: null,
    });
    f.answer("in", {
      added: [mail("1", { attachments: [file("durian.pdf", false), file("logo.png", true)] })],
    });
    expect([found(f, "durian"), found(f, "logo")]).toEqual([1, 0]);
    f.answer("in", { changed: [{ serverId: "1", attachments: [file("salak.pdf", false)] }] });
    expect([found(f, "durian"), found(f, "salak")]).toEqual([0, 1]);
  });

  test("one that is added and deleted in one answer leaves nothing in the index", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { subject: "kumquat" })], deleted: ["1"] });
    expect(found(f, "kumquat")).toBe(0);
    f.answer("in", { added: [mail("1", { subject: "rambutan" })] });
    expect([found(f, "kumquat"), found(f, "rambutan")]).toEqual([0, 1]);
  });

  test("an answer that is taken back leaves nothing in the index", () => {
    const f = new Fixture();
    const broken = breaking("2");
    expect(() => f.answer("in", { added: [mail("1", { subject: "kumquat" }), broken] })).toThrow();
    expect(found(f, "kumquat")).toBe(0);
    f.answer("in", { added: [mail("3", { subject: "kumquat" })] });
    expect(found(f, "kumquat")).toBe(1);
  });
});

describe("bounds", () => {
  test("words of a body beyond 200,000 characters are not indexed, those before are", () => {
    const f = new Fixture();
    const filler = "word ".repeat(39_990);
    f.answer("in", { added: [mail("1", { body: text(`${filler} kumquat ${filler} rambutan`) })] });
    expect(f.rows("in", "all", "kumquat")).toHaveLength(1);
    expect(f.rows("in", "all", "rambutan")).toHaveLength(0);
  });

  test("a query has at most 16 words; further ones do not narrow", () => {
    const words = Array.from({ length: 20 }, (_, index) => `w${index}`);
    expect(matchExpression(words.join(" "))).toBe(
      words
        .slice(0, 16)
        .map((word) => `"${word}"*`)
        .join(" AND "),
    );
  });

  test.each([
    ["", null],
    ["   ", null],
    ['""', null],
    ["-- !", null],
    ["\u0301", null],
    ["a", '"a"*'],
    ["ab cd", '"ab"* AND "cd"*'],
    ['"ab cd"', '"ab cd"'],
    ['"ab cd', '"ab cd"'],
    ['x"y z', '"x"* AND "y z"'],
    ["Ä", '"A"*'],
    ["日本", '"日  本"'],
    ["a日", '"a 日"'],
    ["o'neill", '"o\'neill"*'],
  ])("%j is %j to FTS5", (query, expected) => {
    expect(matchExpression(query)).toBe(expected);
  });

  test("plain ASCII goes through untouched", () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
    expect(indexable(ascii)).toBe(ascii);
  });

  test("folding is the same done twice, and for any form of the same letters", () => {
    for (const word of ["Ångström", "Артём", "مُحَمَّد", "데이터", "ﾃﾞｰﾀ", "Straße", "हिन्दी", "ＡＢＣ"]) {
      const once = folded(word);
      expect(folded(once)).toBe(once);
      for (const form of ["NFC", "NFD", "NFKC", "NFKD"] as const)
        expect(folded(word.normalize(form))).toBe(once);
    }
  });
});
