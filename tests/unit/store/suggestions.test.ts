import { describe, expect, test } from "vitest";
import type { Address } from "../../../shared/model/mail.ts";
import { Fixture } from "../../store/support.ts";
import { ACCOUNT, addAccount, FOLDERS, folder, mail, OTHER, START } from "../../store/support-core.ts";
import { person } from "../../support/store/workbench.ts";

interface Met {
  readonly who: Address;
  readonly times: number;
  readonly written?: boolean;
  readonly at?: number;
}

/** A mailbox in which these people were heard from or written to so many times. */
function met(people: readonly Met[]): Fixture {
  const f = new Fixture();
  for (const [index, { who, times, written, at }] of people.entries())
    for (let n = 0; n < times; n += 1)
      f.answer(written ? "se" : "in", {
        added: [
          mail(`${index}-${n}`, {
            ...(written ? { from: [], to: [who] } : { from: [who], to: [] }),
            date: at ?? START,
          }),
        ],
      });
  return f;
}

const emails = (f: Fixture, typed: string, limit = 20) =>
  f.store.mail.suggest(typed, limit).map(({ email }) => email);

describe("who is suggested first", () => {
  const xaver = (n: number) => person(`Xaver ${n}`, `x${n}@example.com`);

  test.each<[string, Met[], number[]]>([
    [
      "who was written to once, before who wrote often",
      [
        { who: xaver(1), times: 8 },
        { who: xaver(2), times: 1, written: true },
      ],
      [2, 1],
    ],
    [
      "who wrote more often",
      [
        { who: xaver(1), times: 1 },
        { who: xaver(2), times: 3 },
        { who: xaver(3), times: 2 },
      ],
      [2, 3, 1],
    ],
    [
      "who was written to more often",
      [
        { who: xaver(1), times: 1, written: true },
        { who: xaver(2), times: 2, written: true },
      ],
      [2, 1],
    ],
    [
      "of equals the latest",
      [
        { who: xaver(1), times: 1, at: START - 9 },
        { who: xaver(2), times: 1, at: START },
        { who: xaver(3), times: 1, at: START - 5 },
      ],
      [2, 3, 1],
    ],
    [
      "of entire equals the order of addresses",
      [
        { who: xaver(3), times: 1 },
        { who: xaver(1), times: 1 },
        { who: xaver(2), times: 1 },
      ],
      [1, 2, 3],
    ],
    [
      "among those written to, who wrote as well",
      [
        { who: xaver(1), times: 1, written: true },
        { who: xaver(2), times: 1, written: true },
        { who: xaver(2), times: 1 },
      ],
      [2, 1],
    ],
  ])("%s", (_, people, expected) => {
    expect(emails(met(people), "xaver")).toEqual(expected.map((n) => xaver(n).email));
  });

  test.each([0, 1, 2, 5, 100])("at most %i of them", (limit) => {
    const f = met([1, 2, 3].map((n) => ({ who: xaver(n), times: n })));
    expect(emails(f, "x", limit)).toEqual(
      ["x3@example.com", "x2@example.com", "x1@example.com"].slice(0, limit),
    );
  });
});

describe("what is typed", () => {
  const PEOPLE = [
    person("Zoë O'Brien-Núñez", "zoe.on@example.com"),
    person("Straßer, Jürgen", "js@bahn.example"),
    person("Đặng Thị Hương", "huong@hanoi.example"),
    person("山田 太郎", "yamada@tokyo.example"),
    person("Юрий Ёлкин", "yuri@moskva.example"),
    person('"Quoted (Team)"', "team@quoted.example"),
    person("", "nameless@example.com"),
  ];

  test.each([
    ["zoe", 0],
    ["ZOË", 0],
    ["obrien", null],
    ["o'brien", null],
    ["brien", 0],
    ["o brien", 0],
    ["jürg", 1],
    ["jurgen", 1],
    ["strasser", 1],
    ["STRASSER JÜ", 1],
    ["dang thi hu", 2],
    ["huong@", 2],
    ["山", 3],
    ["山田 太", 3],
    ["太", 3],
    ["елкин", 4],
    ["ЮРИЙ", 4],
    ["quoted", 5],
    ["team", 5],
    ["nameless@example.com", 6],
    ["  nameless  ", 6],
    ["example", null],
    ["urgen", null],
    ["zoe  ", 0],
    ["_", null],
    ["*", null],
    ["'", null],
    ["", null],
  ])("%j finds person %s", (typed, expected) => {
    const f = new Fixture();
    f.answer("in", { added: PEOPLE.map((who, index) => mail(`${index}`, { from: [who], to: [] })) });
    expect(emails(f, typed)).toEqual(expected === null ? [] : [PEOPLE[expected]?.email]);
  });

  test("every beginning of every word of a name and of the address finds the person", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { from: [person("Ana María López", "aml@correo.example")] })] });
    for (const one of ["ana", "maría", "lópez", "aml@correo.example", "ana maría lópez", "lópez aml@"])
      for (let length = 1; length <= one.length; length += 1)
        expect(emails(f, one.slice(0, length)), one.slice(0, length)).toEqual(["aml@correo.example"]);
  });
});

describe("who is remembered, and how", () => {
  test("one address in any case and with blanks is one person, under the latest name", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { from: [person("Old Name", "P@Example.com")], date: 5 })] });
    f.answer("in", { added: [mail("2", { from: [person("New Name", " p@example.COM ")], date: 9 })] });
    f.answer("in", { added: [mail("3", { from: [person("Older Name", "p@example.com")], date: 1 })] });
    f.answer("in", { added: [mail("4", { from: [person("", "p@example.com")], date: 20 })] });
    expect(f.store.mail.suggest("p@", 5)).toEqual([{ name: "New Name", email: "p@example.com" }]);
    expect([emails(f, "new"), emails(f, "old")]).toEqual([["p@example.com"], []]);
  });

  test.each([
    ["in", "from", true],
    ["in", "to", false],
    ["in", "cc", false],
    ["se", "from", false],
    ["se", "to", true],
    ["se", "cc", true],
    ["dr", "to", false],
    ["dr", "from", false],
    ["tr", "from", true],
    ["ju", "from", false],
    ["pr", "from", true],
  ] as const)("mail in %s makes its %s known: %s", (serverId, field, expected) => {
    const f = new Fixture();
    f.sync.commitFolders("f1", { syncKey: "f2", added: [folder("ju", "junk")], updated: [], deleted: [] });
    f.answer(serverId, {
      added: [mail("1", { from: [], to: [], cc: [], [field]: [person("Wanda", "w@example.com")] })],
    });
    expect(emails(f, "wanda")).toEqual(expected ? ["w@example.com"] : []);
  });

  test.each(["", "nobody", "undisclosed-recipients:;", "/O=EXCH/OU=X/CN=Y"])("%j is no address", (email) => {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { from: [person("Ghost", email)] })] });
    expect(emails(f, "ghost")).toEqual([]);
  });

  test("of a message to a crowd the first twenty are remembered", () => {
    const f = new Fixture();
    const crowd = Array.from({ length: 50 }, (_, n) =>
      person(`Crowd ${n}`, `c${String(n).padStart(2, "0")}@example.com`),
    );
    f.answer("se", { added: [mail("1", { from: [], to: crowd.slice(0, 15), cc: crowd.slice(15) })] });
    expect(emails(f, "crowd", 100)).toEqual(crowd.slice(0, 20).map(({ email }) => email));
  });

  test("a change of a message counts nobody again; a message that goes away forgets nobody", () => {
    const f = met([
      { who: person("Yan A", "a@example.com"), times: 1 },
      { who: person("Yan B", "b@example.com"), times: 2 },
    ]);
    for (let n = 0; n < 5; n += 1)
      f.answer("in", { changed: [{ serverId: "0-0", read: n % 2 === 0, subject: `${n}` }] });
    expect(emails(f, "yan")).toEqual(["b@example.com", "a@example.com"]);
    f.answer("in", { deleted: ["1-0", "1-1"] });
    f.reopen();
    expect(emails(f, "yan")).toEqual(["b@example.com", "a@example.com"]);
  });

  test("what two accounts know of a person counts together; what one knew goes with it", () => {
    const f = met([
      { who: person("Vera A", "a@example.com"), times: 3 },
      { who: person("Vera B", "b@example.com"), times: 2 },
    ]);
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", { syncKey: "1", added: FOLDERS, updated: [], deleted: [] });
    const inbox = other.collections().find(({ serverId }) => serverId === "in");
    if (inbox === undefined) throw new Error("no inbox");
    const added = [1, 2].map((n) => mail(`${n}`, { from: [person("Vera B", "b@example.com")] }));
    other.commitCollection({
      folderId: inbox.folderId,
      previousKey: "0",
      newKey: "1",
      added,
      changed: [],
      deleted: [],
      verdicts: [],
      passComplete: true,
      at: START,
    });
    expect(emails(f, "vera")).toEqual(["b@example.com", "a@example.com"]);
    f.store.accounts.remove(ACCOUNT);
    expect(emails(f, "vera")).toEqual(["b@example.com"]);
  });
});
