import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folded, indexable, matchExpression } from "../../../electron/store/search-text.ts";
import { SEED } from "../../support/store/workbench.ts";

const ANY_TEXT = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', "＂", "*", "(", ")", ":", "^", "-", " ", "a", "天", "é"),
    maxLength: 40,
  }),
);

/** What matchExpression may answer: quoted strings, each perhaps a prefix, and nothing between them but AND. */
const GRAMMAR = /^"(?:[^"]|"")*"\*?(?: AND "(?:[^"]|"")*"\*?)*$/;

describe("what people leave out when they type", () => {
  test.each([
    ["Łódź", "Lodz"],
    ["Ångström", "angstrom"],
    ["Straße", "STRASSE"],
    ["GROẞ", "gross"],
    ["Ærøskøbing", "aeroskobing"],
    ["cœur", "coeur"],
    ["Đặng Thị", "dang thi"],
    ["ıslak", "islak"],
    ["İstanbul", "istanbul"],
    ["ﬁle", "file"],
    ["ＡＢＣ１２３", "abc123"],
    ["ｶﾞ", "ガ"],
    ["x²", "x2"],
    ["№ 5", "no 5"],
    ["Ёлка", "елка"],
    ["Й", "и"],
    ["Ελλάδα", "ελλαδα"],
    ["שָׁלוֹם", "שלום"],
    ["مُحَمَّد", "محمد"],
    ["أحمد", "احمد"],
    ["سـلام", "سلام"],
    ["e\u0301", "e"],
    ["n\u0303\u0323", "n"],
  ])("%s compares as %s", (written, typed) => {
    expect(folded(written)).toBe(folded(typed));
    expect(folded(written)).toBe(typed.toLowerCase());
  });

  test.each([
    ["हिन्दी", "vowel signs and the virama of Devanagari"],
    ["தமிழ்", "vowel signs of Tamil"],
    ["สวัสดี", "vowels and tones of Thai"],
    ["が", "the voicing mark of kana"],
    ["한국어", "composed syllables of Hangul"],
    ["plain ascii 123", "what has nothing to leave out"],
  ])("%s stays as it is: %s", (written) => {
    expect(folded(written)).toBe(written);
  });

  test("every pair of words that fold apart stays two words", () => {
    const words = ["rose", "rosa", "Rom", "Röm1", "か", "が", "は", "ぱ", "ば", "हि", "ही", "ไม่", "ไหม"];
    expect(new Set(words.map(folded)).size).toBe(words.length);
  });

  test("folding what is folded changes nothing, for any text", () => {
    fc.assert(
      fc.property(ANY_TEXT, (input) => {
        const once = folded(input);
        expect(folded(once)).toBe(once);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test("composed and decomposed spellings of any text are indexed alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (input) => {
        expect(indexable(input.normalize("NFD"))).toBe(indexable(input.normalize("NFC")));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });
});

describe("scripts without spaces", () => {
  test.each([
    ["東京", " 東  京 "],
    ["東京2026年", " 東  京 2026 年 "],
    ["ひらがな", " ひ  ら  が  な "],
    ["カタカナ", " カ  タ  カ  ナ "],
    ["서울", " 서  울 "],
    ["ใจ", " ใ  จ "],
    ["ລາວ", " ລ  າ  ວ "],
    ["ខ្មែរ", " ខ ្ ម  ែ  រ "],
    ["𠮷野家", " 𠮷  野  家 "],
  ])("%s is indexed by character", (written, expected) => {
    expect(indexable(written).split(/\s+/).join(" ").trim()).toBe(expected.split(/\s+/).join(" ").trim());
  });

  test("no character is lost or put elsewhere by splitting", () => {
    const mixed = "Re: 東京の会議 (서울) am 5. März — ครับ";
    const bare = (value: string) => value.replace(/\s/g, "");
    expect(bare(indexable(mixed))).toBe(
      bare(
        mixed
          .normalize("NFKD")
          .replace(/[\u0300-\u036f]/g, "")
          .normalize("NFC"),
      ),
    );
  });

  test("words of other scripts are never split", () => {
    const words = "naive Привет Γειά مرحبا שלום नमस्ते";
    expect(indexable(words).split(" ")).toHaveLength(words.split(" ").length);
  });
});

describe("the expression for what a person typed", () => {
  test.each([
    ["fox", '"fox"*'],
    ["  fox\t\ndog ", '"fox"* AND "dog"*'],
    ['"quick brown"', '"quick brown"'],
    ['"open to the end', '"open to the end"'],
    ['a"b c"d', '"a"* AND "b c" AND "d"*'],
    ["café", '"cafe"*'],
    ["天気", '"天  気"'],
    ["fox天", '"fox 天"'],
    ["天fox", '"天 fox"*'],
    ["a OR b", '"a"* AND "OR"* AND "b"*'],
    ["a AND NOT b", '"a"* AND "AND"* AND "NOT"* AND "b"*'],
    ["NEAR(a b, 2)", '"NEAR(a"* AND "b,"* AND "2)"*'],
    ["subject:x", '"subject:x"*'],
    ["{subject body}:x", '"{subject"* AND "body}:x"*'],
    ["-subject:x", '"-subject:x"*'],
    ["^x", '"^x"*'],
    ["x*", '"x*"*'],
    ["x + y", '"x"* AND "y"*'],
    ["(x", '"(x"*'],
    ["x＂y", '"x""y"*'],
    ["'; DROP TABLE messages; --", '"DROP"* AND "TABLE"* AND "messages;"*'],
  ])("%j becomes %s", (query, expected) => {
    expect(matchExpression(query)).toBe(expected);
  });

  test.each([
    "",
    " ",
    "\t\n",
    '"',
    '""',
    '" "',
    "* ( ) - + ^ :",
    "😀 🎉",
    "— …",
    "\u200b\u2060",
    "\ud800",
    "＂",
  ])("%j asks for nothing", (query) => {
    expect(matchExpression(query)).toBeNull();
  });

  test.each([1, 15, 16, 17, 200])("of %i words the first 16 count", (count) => {
    const words = Array.from({ length: count }, (_, index) => `w${index}`);
    const terms = matchExpression(words.join(" "))?.split(" AND ") ?? [];
    expect(terms).toEqual(words.slice(0, 16).map((word) => `"${word}"*`));
  });

  test("what means nothing does not use up the sixteen words", () => {
    expect(matchExpression(`${"- ".repeat(100)}fox`)).toBe('"fox"*');
  });

  test("nothing that is typed becomes syntax, for any text", () => {
    fc.assert(
      fc.property(ANY_TEXT, (input) => {
        const expression = matchExpression(input);
        if (expression !== null) expect(expression).toMatch(GRAMMAR);
        else expect(input.replace(/[^\p{L}\p{N}]/gu, "")).toBe("");
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test("an expression is the same however the text's accents are spelt", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (input) => {
        expect(matchExpression(input.normalize("NFD"))).toBe(matchExpression(input.normalize("NFC")));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });
});
