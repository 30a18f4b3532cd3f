import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type InspectCommand, Misuse } from "../../../scripts/inspect/command.ts";
import { COMMANDS } from "../../../scripts/inspect/commands.ts";
import { runInspect } from "../../../scripts/inspect/frame.ts";

const closed: string[] = [];
const echo: InspectCommand = {
  usage: "[--loud yes]",
  options: { loud: { type: "string" } },
  open: ({ loud }) => {
    if (loud === "never") throw new Misuse("loud is yes");
    return {
      inspect: (input) => {
        const text = Buffer.from(input).toString();
        if (text === "crash") throw new Error("boom");
        return { text, loud: loud ?? null };
      },
      close: async () => {
        closed.push("echo");
      },
    };
  },
};
const commands = new Map([
  ["echo", echo],
  ["two words", echo],
]);

async function run(args: readonly string[], input: string, table = commands) {
  let out = "";
  let complaints = "";
  const code = await runInspect(args, table, {
    input: Readable.from([Buffer.from(input)]),
    write: async (text) => {
      out += text;
    },
    complain: (words) => {
      complaints += words;
    },
  });
  const values: unknown[] = out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { code, values, complaints };
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("the frame of inspect", () => {
  it("answers one input with one JSON value", async () => {
    expect(await run(["echo"], "hello")).toEqual({
      code: 0,
      values: [{ text: "hello", loud: null }],
      complaints: "",
    });
    expect((await run(["two", "words", "--loud", "yes"], "x")).values).toEqual([{ text: "x", loud: "yes" }]);
  });

  it("answers each line with a line, in order", async () => {
    const answers = await run(["echo", "--lines"], `${base64("a")}\n${base64("b")}\r\n\n${base64("c")}`);
    expect(answers.values.map((value) => Object(value).text)).toEqual(["a", "b", "", "c"]);
    expect((await run(["echo", "--lines"], "")).values).toEqual([]);
  });

  it("says which line is not base64, and goes on", async () => {
    const answers = await run(["echo", "--lines"], `***\n${base64("b")}`);
    expect(answers.code).toBe(0);
    expect(answers.values).toMatchObject([{ error: { code: "base64" } }, { text: "b" }]);
  });

  it("reads a file instead of standard input", async () => {
    const answers = await run(["echo", new URL("../../../LICENSE", import.meta.url).pathname], "ignored");
    expect(JSON.stringify(answers.values[0])).toContain("Apache License");
  });

  it.each([
    [["nothing"], "no such command"],
    [[], "no command"],
    [["two"], "no such command"],
    [["echo", "--wrong"], "wrong"],
    [["echo", "--loud"], "loud"],
    [["echo", "--loud", "never"], "loud is yes"],
    [["echo", "a", "b"], "one file"],
    [["echo", "--lines", "a"], "--lines"],
    [["echo", "/no/such/file"], "no such file"],
  ])("calls %j a misuse: exit 2, words and help, no output", async (args, words) => {
    const { code, values, complaints } = await run(args, "");
    expect([code, values]).toEqual([2, []]);
    expect(complaints).toContain(words);
    expect(complaints).toContain("inspect echo [--loud yes] [--lines | FILE]");
  });

  it("answers the other lines when one crashes the command, and exits 1", async () => {
    const answers = await run(["echo", "--lines"], `${base64("crash")}\n${base64("b")}`);
    expect(answers.code).toBe(1);
    expect(answers.values).toMatchObject([{ error: { code: "crash", message: "boom" } }, { text: "b" }]);
    expect(answers.complaints).toContain("boom");
  });

  it("closes what a command opened, also after a crash", async () => {
    closed.length = 0;
    await run(["echo"], "x");
    await run(["echo"], "crash");
    expect(closed).toEqual(["echo", "echo"]);
  });
});

describe("the command table", () => {
  it("holds the commands of this stage", () => {
    expect([...COMMANDS.keys()]).toEqual(["wbxml decode", "wbxml encode", "mime", "html"]);
  });

  it("reads mail through the product's reader", async () => {
    const answers = await run(
      ["mime"],
      "Subject: s\r\nContent-Type: a/b; name=f\r\n\r\nx",
      new Map(COMMANDS),
    );
    expect(answers.values).toMatchObject([
      {
        subject: "s",
        from: [],
        html: null,
        attachments: [{ name: "f", size: 1, inline: false }],
        parts: { type: "a/b" },
      },
    ]);
    expect(JSON.stringify(answers.values)).not.toContain('"content"');
    expect((await run(["mime"], "", new Map(COMMANDS))).values).toMatchObject([
      { error: { code: "empty", at: 0 } },
    ]);
  });

  it("checks the options of html before it opens a window", async () => {
    expect((await run(["html", "--pictures", "perhaps"], "x", new Map(COMMANDS))).code).toBe(2);
  });
});
