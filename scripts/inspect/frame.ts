import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { type InspectCommand, type Inspector, inputFault, Misuse, type Options } from "./command.ts";

/** What `inspect` reads from and writes to. */
export interface Streams {
  readonly input: Readable;
  /** Answers when more may be written. */
  write(text: string): Promise<void>;
  complain(words: string): void;
}

interface Call {
  readonly command: InspectCommand;
  readonly options: Options;
  readonly lines: boolean;
  readonly file: string | null;
}

/**
 * Runs `inspect` with its command line; answers the exit code: 0, 2 for misuse, 1 when a command crashed.
 * A crash over one of many lines does not keep the others from being answered.
 */
export async function runInspect(
  args: readonly string[],
  commands: ReadonlyMap<string, InspectCommand>,
  streams: Streams,
): Promise<number> {
  try {
    const call = readCall(args, commands);
    const bytes = call.lines ? null : await readWhole(call.file, streams.input);
    const inspector = await call.command.open(call.options);
    try {
      if (bytes === null) return await answerLines(inspector, streams);
      const { text, code } = await answer(inspector, bytes, streams);
      await streams.write(text);
      return code;
    } finally {
      await inspector.close?.();
    }
  } catch (problem) {
    if (!(problem instanceof Misuse)) throw problem;
    streams.complain(`${problem.message}\n\n${help(commands)}`);
    return 2;
  }
}

function readCall(args: readonly string[], commands: ReadonlyMap<string, InspectCommand>): Call {
  const two = args.slice(0, 2).join(" ");
  const name = commands.has(two) ? two : (args[0] ?? "");
  const command = commands.get(name);
  if (command === undefined) throw new Misuse(name === "" ? "no command" : `no such command: ${two}`);
  const given = parse(args.slice(name.split(" ").length), command);
  const { lines, ...options } = given.values;
  if (given.positionals.length > 1) throw new Misuse("one file at a time");
  const file = given.positionals[0] ?? null;
  if (lines === true && file !== null) throw new Misuse("--lines reads standard input, not a file");
  return { command, options, lines: lines === true, file };
}

function parse(args: string[], command: InspectCommand) {
  try {
    return parseArgs({
      args,
      options: { ...command.options, lines: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (problem) {
    throw new Misuse(problem instanceof Error ? problem.message : "wrong arguments");
  }
}

async function readWhole(file: string | null, input: Readable): Promise<Uint8Array> {
  if (file !== null) {
    try {
      return await readFile(file);
    } catch (problem) {
      throw new Misuse(problem instanceof Error ? problem.message : `cannot read ${file}`);
    }
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function answerLines(inspector: Inspector, streams: Streams): Promise<number> {
  let worst = 0;
  for await (const line of createInterface({ input: streams.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const bytes = decodeLine(line.trim());
    if (bytes === null) {
      await streams.write(`${JSON.stringify(inputFault("base64", "the line is not base64"))}\n`);
      continue;
    }
    const { text, code } = await answer(inspector, bytes, streams);
    worst = Math.max(worst, code);
    await streams.write(text);
  }
  return worst;
}

/** Strict: a line that only nearly is base64 is a mistake in the caller's script. */
function decodeLine(line: string): Uint8Array | null {
  const shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
  return line.length < 1_000_000 && !shape.test(line) ? null : Buffer.from(line, "base64");
}

async function answer(inspector: Inspector, bytes: Uint8Array, streams: Streams) {
  try {
    return { text: `${JSON.stringify(await inspector.inspect(bytes))}\n`, code: 0 };
  } catch (crash) {
    streams.complain(crash instanceof Error ? (crash.stack ?? crash.message) : String(crash));
    const message = crash instanceof Error ? crash.message : String(crash);
    return { text: `${JSON.stringify(inputFault("crash", message))}\n`, code: 1 };
  }
}

function help(commands: ReadonlyMap<string, InspectCommand>): string {
  const rows = [...commands].map(([name, { usage }]) => `  inspect ${name} ${usage}`.trimEnd());
  return [
    "Reads standard input or FILE, writes one JSON value. With --lines, standard input is one base64",
    "document a line, and the output one JSON value a line.",
    "",
    ...rows.map((row) => `${row} [--lines | FILE]`),
  ].join("\n");
}
