import { describe, expect, it } from "vitest";
import type { MimePart } from "../../../../../electron/protocol/mime/parsed.ts";
import { mime, read } from "../read.ts";

const shape = ({ type, children }: MimePart): unknown =>
  children.length === 0 ? type : [type, ...children.map(shape)];
const reading = (...lines: readonly string[]) => {
  const message = read(mime(...lines));
  return { shape: shape(message.parts), text: message.text, codes: message.warnings.map(({ code }) => code) };
};

describe("a boundary line", () => {
  it.each<[string, readonly string[], string]>([
    ["may carry white space", ["--b \t ", "", "x", "--b-- \t"], "x"],
    ["is not one with text behind", ["--b", "", "x", "--b y", "z", "--b--"], "x\n--b y\nz"],
    ["is not one with text in front", ["--b", "", "x", " --b", "> --b", "--b--"], "x\n --b\n> --b"],
    ["is not one of another length", ["--b", "", "x", "--bb", "-b", "---b", "--b--"], "x\n--bb\n-b\n---b"],
    ["is not one in another case", ["--b", "", "x", "--B", "y", "--b--"], "x\n--B\ny"],
    ["ends the last part also with a mark behind", ["--b", "", "x", "--b-->", "y"], "x"],
    ["ends the last part also with words behind", ["--b", "", "x", "--b-- the end", "y"], "x"],
    ["takes the line end before it", ["--b", "", "x", "", "--b--"], "x\n"],
    ["written twice holds nothing", ["--b", "--b", "", "x", "--b", "--b--"], "x"],
  ])("%s", (_what, lines, text) => {
    const message = reading("Content-Type: multipart/mixed; boundary=b", "", ...lines);
    expect(message).toEqual({ shape: ["multipart/mixed", "text/plain"], text, codes: [] });
  });

  it.each([
    ["gc0p4Jq0M2Yt08j34c0p"],
    ["----=_NextPart_000_0001_01C0"],
    ["=_a-b+c/d"],
    ["a b"],
    ["(x)"],
    ["x:y"],
    ["'x'"],
    ["x,y.z"],
    ["?"],
    ["-"],
    ["--"],
    ["x".repeat(70)],
    ["x".repeat(300)],
  ])("can be %j", (boundary) => {
    expect(
      reading(
        `Content-Type: multipart/mixed; boundary="${boundary}"`,
        "",
        `--${boundary}`,
        "",
        "x",
        `--${boundary}--`,
      ),
    ).toEqual({ shape: ["multipart/mixed", "text/plain"], text: "x", codes: [] });
  });
});

describe("around the parts", () => {
  it("ignores what stands before and behind", () => {
    expect(
      reading(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "This is a message in MIME format.",
        "Content-Type: text/html",
        "",
        "--b",
        "",
        "x",
        "--b--",
        "behind",
        "--b",
        "",
        "also behind",
      ),
    ).toEqual({ shape: ["multipart/mixed", "text/plain"], text: "x", codes: [] });
  });

  it("reads parts that are empty, of headers only, of body only", () => {
    const message = reading(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "--b",
      "Content-Type: text/html",
      "",
      "--b",
      "",
      "body only",
      "--b",
      "Content-Type: application/pdf",
      "--b--",
    );
    expect(message.shape).toEqual([
      "multipart/mixed",
      "text/plain",
      "text/html",
      "text/plain",
      "application/pdf",
    ]);
    expect(message.codes).toEqual([]);
  });

  it("begins the body where a part's first line is no header", () => {
    const message = reading(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Hello, this part forgot its empty line.",
      "Bye",
      "--b--",
    );
    expect(message.text).toBe("Hello, this part forgot its empty line.\nBye");
    expect(message.codes).toEqual(["header-line"]);
  });
});

describe("no parts", () => {
  it.each<[string, readonly string[], string | null]>([
    ["no body", [], null],
    ["an empty body", ["", "", ""], null],
    ["text without any boundary", ["", "just text"], "just text"],
    ["only the end", ["", "preamble", "--b--"], "preamble\n--b--"],
  ])("%s", (_what, lines, text) => {
    const message = reading("Content-Type: multipart/mixed; boundary=b", ...lines);
    expect([message.shape, message.text]).toEqual(["multipart/mixed", text]);
  });

  it("reads one empty part where there is only that", () => {
    expect(reading("Content-Type: multipart/mixed; boundary=b", "", "--b", "--b--")).toEqual({
      shape: ["multipart/mixed", "text/plain"],
      text: "",
      codes: [],
    });
  });

  it("keeps the words of an inner multipart without parts", () => {
    const message = reading(
      "Content-Type: multipart/mixed; boundary=out",
      "",
      "--out",
      "",
      "first",
      "--out",
      "Content-Type: multipart/alternative; boundary=in",
      "",
      "second",
      "--out--",
    );
    expect(message).toEqual({
      shape: ["multipart/mixed", "text/plain", "multipart/alternative"],
      text: "first\nsecond",
      codes: ["boundary"],
    });
  });
});

describe("no end", () => {
  it("reads to the end of the message", () => {
    expect(
      reading("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b", "", "y", ""),
    ).toEqual({
      shape: ["multipart/mixed", "text/plain", "text/plain"],
      text: "x\ny\n",
      codes: ["unterminated"],
    });
  });

  it("ends the inner with the outer", () => {
    expect(
      reading(
        "Content-Type: multipart/mixed; boundary=out",
        "",
        "--out",
        "Content-Type: multipart/alternative; boundary=in",
        "",
        "--in",
        "",
        "x",
        "--out",
        "Content-Type: application/pdf; name=a.pdf",
        "",
        "%PDF",
        "--out--",
      ),
    ).toEqual({
      shape: ["multipart/mixed", ["multipart/alternative", "text/plain"], "application/pdf"],
      text: "x",
      codes: ["unterminated"],
    });
  });
});

describe("boundaries that are like each other", () => {
  const nested = (outer: string, inner: string) => [
    `Content-Type: multipart/mixed; boundary="${outer}"`,
    "",
    `--${outer}`,
    `Content-Type: multipart/alternative; boundary="${inner}"`,
    "",
    `--${inner}`,
    "",
    "plain",
    `--${inner}`,
    "Content-Type: text/html",
    "",
    "<p>html</p>",
    `--${inner}--`,
    "",
    `--${outer}`,
    "Content-Type: application/pdf; name=a.pdf",
    "",
    "%PDF",
    `--${outer}--`,
  ];

  it.each([
    ["b", "b1"],
    ["b1", "b"],
    ["b", "b-"],
    ["b", "b--x"],
    ["----=_Part", "----=_Part_2"],
    ["x y", "x"],
    ["same", "same"],
    ["----=_same", "----=_same"],
  ])("%j around %j", (outer, inner) => {
    expect(reading(...nested(outer, inner))).toEqual({
      shape: ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "application/pdf"],
      text: "plain",
      codes: [],
    });
  });

  it("reads a boundary used on three levels", () => {
    expect(
      reading(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/related; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/alternative; boundary=b",
        "",
        "--b",
        "",
        "deep",
        "--b--",
        "--b",
        "Content-Type: image/png",
        "",
        "x",
        "--b--",
        "--b",
        "Content-Type: application/pdf",
        "",
        "y",
        "--b--",
      ),
    ).toEqual({
      shape: [
        "multipart/mixed",
        ["multipart/related", ["multipart/alternative", "text/plain"], "image/png"],
        "application/pdf",
      ],
      text: "deep",
      codes: [],
    });
  });

  it("reads a reused boundary that ends only once", () => {
    const message = reading(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: multipart/alternative; boundary=b",
      "",
      "--b",
      "",
      "x",
      "--b--",
    );
    expect(message.shape).toEqual(["multipart/mixed", ["multipart/alternative", "text/plain"]]);
    expect([message.text, message.codes]).toEqual(["x", ["unterminated"]]);
  });

  it("is not misled by a text about boundaries", () => {
    expect(
      reading(
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "that was a quotation",
        "--b--",
      ).text,
    ).toBe("Content-Type: multipart/mixed; boundary=b\n\nthat was a quotation");
  });
});

describe("a boundary nobody named", () => {
  it.each<[string, string]>([
    ["no parameter", "multipart/mixed"],
    ["an empty one", 'multipart/mixed; boundary=""'],
    ["another one", "multipart/mixed; boundary=other"],
    ["half of it", 'multipart/mixed; boundary="never closed'],
  ])("is guessed: %s", (_what, type) => {
    const message = reading(
      `Content-Type: ${type}`,
      "",
      "preamble",
      "--found",
      "Content-Type: text/plain",
      "",
      "x",
      "--found",
      "Content-Type: text/html",
      "",
      "<p>",
      "--found--",
    );
    expect(message).toEqual({
      shape: ["multipart/mixed", "text/plain", "text/html"],
      text: expect.stringContaining("x"),
      codes: ["boundary"],
    });
  });

  it("is not guessed from a signature's mark or a dividing line", () => {
    for (const line of ["-- ", "--", "-----------", "--ada"]) {
      expect(reading("Content-Type: multipart/mixed", "", "text", line, "Ada").shape).toBe("multipart/mixed");
    }
  });
});
