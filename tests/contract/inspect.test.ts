import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const command = fileURLToPath(new URL("../../scripts/inspect.mjs", import.meta.url));

/** Runs the real command, with its set-up, as `npm run -s inspect -- ...` does. */
function inspect(args: readonly string[], input: string | Uint8Array) {
  return new Promise<{ code: number | null; out: string; words: string }>((done, failed) => {
    const child = spawn(process.execPath, [command, ...args], { stdio: "pipe" });
    let out = "";
    let words = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      words += chunk;
    });
    child.on("error", failed);
    child.on("close", (code) => done({ code, out, words }));
    child.stdin.end(input);
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("npm run -s inspect", () => {
  it("reads a message from standard input and writes one JSON value and nothing else", async () => {
    const { code, out } = await inspect(["mime"], "From: a@b.test\nSubject: =?utf-8?q?h=C3=A9?=\n\nbody");
    expect(code).toBe(0);
    const value: unknown = JSON.parse(out);
    expect(value).toEqual({
      subject: "hé",
      from: [{ name: "", email: "a@b.test" }],
      to: [],
      cc: [],
      bcc: [],
      replyTo: [],
      date: null,
      messageId: null,
      inReplyTo: null,
      references: [],
      text: "body",
      html: null,
      attachments: [],
      calendar: [],
      parts: { type: "text/plain", charset: null, encoding: "7bit", size: 4, children: [] },
      warnings: [],
    });
  });

  it("encodes and decodes WBXML to and fro, many in one process", async () => {
    const xml =
      '<?xml version="1.0" encoding="utf-8"?><Ping xmlns="Ping"><HeartbeatInterval>480</HeartbeatInterval></Ping>';
    const lines = Array.from({ length: 500 }, () => base64(xml)).join("\n");
    const encoded = await inspect(["wbxml", "encode", "--lines"], lines);
    expect(encoded.code).toBe(0);
    const answers = encoded.out.trimEnd().split("\n");
    expect(answers).toHaveLength(500);
    const documents: unknown[] = answers.map((line) => JSON.parse(line).wbxml);
    const decoded = await inspect(["wbxml", "decode", "--lines"], documents.join("\n"));
    expect(decoded.out.split("\n")[499]).toBe(JSON.stringify({ xml, warnings: [] }));
  });

  it("keeps a fault of the input inside the JSON and exits 0", async () => {
    const { code, out } = await inspect(["wbxml", "decode"], Uint8Array.from([3, 1, 0x6a, 0, 0x45]));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: "truncated", message: expect.any(String), at: 5 },
    });
  });

  it("exits 2 for misuse, with words on standard error only", async () => {
    const { code, out, words } = await inspect(["wbxml"], "");
    expect([code, out]).toEqual([2, ""]);
    expect(words).toContain("inspect wbxml decode");
  });
});
