import { describe, expect, it } from "vitest";
import { parseAddresses } from "../../../../../electron/protocol/mime/headers/addresses.ts";
import { mime, read } from "../read.ts";

type Expected = readonly (readonly [name: string, email: string])[];

const reads = (raw: string, expected: Expected) =>
  expect(parseAddresses(raw)).toEqual(expected.map(([name, email]) => ({ name, email })));

describe("mailboxes", () => {
  it.each<[string, Expected]>([
    ["a@b.test", [["", "a@b.test"]]],
    ["  a@b.test  ", [["", "a@b.test"]]],
    ["<a@b.test>", [["", "a@b.test"]]],
    ["Ada Lovelace <a@b.test>", [["Ada Lovelace", "a@b.test"]]],
    ["Ada Lovelace<a@b.test>", [["Ada Lovelace", "a@b.test"]]],
    ['"Ada"<a@b.test>', [["Ada", "a@b.test"]]],
    ['"" <a@b.test>', [["", "a@b.test"]]],
    ['"Lovelace, Ada (Countess)" <a@b.test>', [["Lovelace, Ada (Countess)", "a@b.test"]]],
    ['"The \\"Countess\\"" <a@b.test>', [['The "Countess"', "a@b.test"]]],
    ['"back\\\\slash" <a@b.test>', [["back\\slash", "a@b.test"]]],
    ["A. B. Lovelace <a@b.test>", [["A. B. Lovelace", "a@b.test"]]],
    ["'Ada' <a@b.test>", [["'Ada'", "a@b.test"]]],
    ["a@b.test <a@b.test>", [["", "a@b.test"]]],
    ['"a@b.test" <c@d.test>', [["a@b.test", "c@d.test"]]],
    ["<a@b.test> Ada", [["Ada", "a@b.test"]]],
    ["Ada a@b.test", [["Ada", "a@b.test"]]],
    ["<mailto:a@b.test>", [["", "a@b.test"]]],
    ["MAILTO:a@b.test", [["", "a@b.test"]]],
    ["Ada", [["Ada", ""]]],
    ["<>", []],
    ["", []],
    ["a+tag=x/y@b.test", [["", "a+tag=x/y@b.test"]]],
    ["o'brien@b.test", [["", "o'brien@b.test"]]],
    ["a@[192.0.2.1]", [["", "a@[192.0.2.1]"]]],
    ["a@xn--exmple-cua.test", [["", "a@xn--exmple-cua.test"]]],
  ])("%j", reads);

  it("reads internationalised addresses", () => {
    reads(Buffer.from("用户 <用户@例え.test>").toString("latin1"), [["用户", "用户@例え.test"]]);
  });

  it("keeps a local part in quotes, and takes off quotes that change nothing", () => {
    reads('"ada lovelace"@b.test', [["", '"ada lovelace"@b.test']]);
    reads('Ada <"a,b"@b.test>', [["Ada", '"a,b"@b.test']]);
    reads('"a@x"@b.test, c@d.test', [
      ["", '"a@x"@b.test'],
      ["", "c@d.test"],
    ]);
    reads('"ada"@b.test', [["", "ada@b.test"]]);
  });
});

describe("lists", () => {
  it.each<[string, Expected]>([
    [
      "a@b.test, c@d.test",
      [
        ["", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    [
      "a@b.test,c@d.test",
      [
        ["", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    [
      ", a@b.test,, ,c@d.test,",
      [
        ["", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    [
      "Ada <a@b.test>; Bo <c@d.test>",
      [
        ["Ada", "a@b.test"],
        ["Bo", "c@d.test"],
      ],
    ],
    [
      '"Lovelace, Ada" <a@b.test>, "Bo; x" <c@d.test>',
      [
        ["Lovelace, Ada", "a@b.test"],
        ["Bo; x", "c@d.test"],
      ],
    ],
    [
      "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
      [
        ["Mary Smith", "mary@x.test"],
        ["", "jdoe@example.org"],
        ["Who?", "one@y.test"],
      ],
    ],
  ])("%j", reads);
});

describe("groups", () => {
  it.each<[string, Expected]>([
    ["Undisclosed recipients:;", []],
    ["undisclosed-recipients: ;", []],
    ["Hidden : (nobody at all) ;", []],
    ["Team: a@b.test;", [["", "a@b.test"]]],
    [
      "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
      [
        ["Ed Jones", "c@a.test"],
        ["", "joe@where.test"],
        ["John", "jdoe@one.test"],
      ],
    ],
    [
      "x@y.test, Team: a@b.test, c@d.test;, z@y.test",
      [
        ["", "x@y.test"],
        ["", "a@b.test"],
        ["", "c@d.test"],
        ["", "z@y.test"],
      ],
    ],
    [
      "One: a@b.test; Two: c@d.test;",
      [
        ["", "a@b.test"],
        ["", "c@d.test"],
      ],
    ],
    ["Never closed: a@b.test", [["", "a@b.test"]]],
  ])("%j", reads);
});

describe("obsolete forms", () => {
  it.each<[string, Expected]>([
    ["Ada <@relay.test:a@b.test>", [["Ada", "a@b.test"]]],
    ["Ada <@one.test,@two.test:a@b.test>", [["Ada", "a@b.test"]]],
    ["a @ b . test", [["", "a@b.test"]]],
    ["jdoe@test  . example", [["", "jdoe@test.example"]]],
    ["j . doe@x.test", [["", "j.doe@x.test"]]],
    ["Ada < a@b.test >", [["Ada", "a@b.test"]]],
    ["Ada <a @ b.test>", [["Ada", "a@b.test"]]],
    ["Ada . Lovelace <a@b.test>", [["Ada . Lovelace", "a@b.test"]]],
    [
      "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
      [
        ["Mary Smith", "mary@example.net"],
        ["", "jdoe@test.example"],
      ],
    ],
  ])("%j", reads);
});

describe("comments", () => {
  it.each<[string, Expected]>([
    ["a@b.test (Ada Lovelace)", [["Ada Lovelace", "a@b.test"]]],
    ["(Ada) a@b.test", [["Ada", "a@b.test"]]],
    ["a@b.test (Ada (the first))", [["Ada the first", "a@b.test"]]],
    ["Ada <a(x)@(y)b.test>", [["Ada", "a@b.test"]]],
    ["Ada (work) <a@b.test>", [["Ada", "a@b.test"]]],
    ["a@b.test (Ada \\) x)", [["Ada x", "a@b.test"]]],
    ["(only a comment)", []],
    ["a@b.test (=?utf-8?q?=C3=9Cnal?=)", [["Ünal", "a@b.test"]]],
  ])("%j", reads);
});

describe("encoded words", () => {
  it.each<[string, Expected]>([
    ["=?utf-8?q?=C3=9Cnal?= <a@b.test>", [["Ünal", "a@b.test"]]],
    ["=?utf-8?b?w5xuYWw=?= <a@b.test>", [["Ünal", "a@b.test"]]],
    ["=?utf-8?q?=C3=9Cnal?= =?utf-8?q?_Kaya?= <a@b.test>", [["Ünal Kaya", "a@b.test"]]],
    ["=?utf-8?q?=C3?= =?utf-8?q?=9Cnal?= <a@b.test>", [["Ünal", "a@b.test"]]],
    ["Mr =?utf-8?q?=C3=9Cnal?= Kaya <a@b.test>", [["Mr Ünal Kaya", "a@b.test"]]],
    ['"=?utf-8?q?=C3=9Cnal?=" <a@b.test>', [["Ünal", "a@b.test"]]],
    ["=?utf-8?q?Kaya=2C_=C3=9Cnal?= <a@b.test>", [["Kaya, Ünal", "a@b.test"]]],
    ["=?utf-8?q?a=22b?= <a@b.test>", [['a"b', "a@b.test"]]],
    ["=?utf-8?q?=3Cx=40y=2Etest=3E?= <a@b.test>", [["<x@y.test>", "a@b.test"]]],
    ["=?iso-8859-1?q?J\xfcrgen?= <a@b.test>", [["Jürgen", "a@b.test"]]],
    ["=?utf-8?q?Ada_=3Ca=40b=2Etest=3E?=", [["Ada", "a@b.test"]]],
    [
      "=?utf-8?q?=C3=9Cnal?= <a@b.test>, =?utf-8?q?=C3=9Cnal?= <c@d.test>",
      [
        ["Ünal", "a@b.test"],
        ["Ünal", "c@d.test"],
      ],
    ],
  ])("%j", reads);

  it("never takes an address from an encoded word beside a real one", () => {
    for (const word of ["=?utf-8?q?boss=40corp.test?=", "=?utf-8?b?Ym9zc0Bjb3JwLnRlc3Q=?="]) {
      reads(`${word} <evil@bad.test>`, [["boss@corp.test", "evil@bad.test"]]);
      reads(`"${word}" <evil@bad.test>`, [["boss@corp.test", "evil@bad.test"]]);
    }
  });

  it("removes line ends and controls that were encoded", () => {
    reads("=?utf-8?q?Ada=0D=0ABcc:_x=40y?= <a@b.test>", [["Ada Bcc: x@y", "a@b.test"]]);
    reads("=?utf-8?q?A=00B?= <a@b.test>", [["A B", "a@b.test"]]);
  });
});

describe("what is broken", () => {
  it.each<[string, Expected]>([
    ["Ada <a@b.test", [["Ada", "a@b.test"]]],
    ["a@b.test>", [["", "a@b.test"]]],
    ["Ada <<a@b.test>>", [["Ada", "a@b.test"]]],
    ["a@b@c.test", [["", "a@b@c.test"]]],
    ["Ada <a@b.test> trailing", [["Ada trailing", "a@b.test"]]],
  ])("%j", reads);

  it("keeps private-use characters from becoming syntax", () => {
    const sneaky = Buffer.from("x\uf740y\uf72cz <a@b.test>").toString("latin1");
    reads(sneaky, [["xyz", "a@b.test"]]);
  });

  it("stays quick", () => {
    for (const unit of [
      "a ",
      "a@",
      '"',
      "(",
      "<",
      "a.",
      " .",
      '"a"@',
      "=?utf-8?q?a?= ",
      "((",
      "\\",
      "@ . ",
    ]) {
      expect(parseAddresses(unit.repeat(20_000)).length).toBeLessThanOrEqual(10_000);
    }
  });
});

describe("in a message", () => {
  it("reads every field of people", () => {
    const message = read(
      mime(
        "From: Ada <ada@x.test>",
        "Sender: Secretary <sec@x.test>",
        "To: Bo <bo@x.test>,",
        " Cy <cy@x.test>",
        "Cc: Team: di@x.test, ed@x.test;",
        "Bcc: undisclosed-recipients:;",
        "Reply-To: =?utf-8?q?R=C3=A9ponses?= <re@x.test>",
        "",
        "",
      ),
    );
    expect(message).toMatchObject({
      from: [{ name: "Ada", email: "ada@x.test" }],
      to: [
        { name: "Bo", email: "bo@x.test" },
        { name: "Cy", email: "cy@x.test" },
      ],
      cc: [
        { name: "", email: "di@x.test" },
        { name: "", email: "ed@x.test" },
      ],
      bcc: [],
      replyTo: [{ name: "Réponses", email: "re@x.test" }],
    });
  });
});
