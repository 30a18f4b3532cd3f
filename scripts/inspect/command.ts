import type { ParseArgsConfig } from "node:util";

/** Turns one input into the value that is printed. A fault of the input is a value too: see `inputFault`. */
export interface Inspector {
  inspect(input: Uint8Array): unknown;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}

/** Options of a command as given, by long name. */
export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** One row of the command table. Each command is one file. */
export interface InspectCommand {
  /** What follows the command's name, for the help text. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** Called once, before any input; throws `Misuse` when the options make no sense. */
  open(options: Options): Inspector | Promise<Inspector>;
}

/** The command was called in a wrong way: words on standard error, exit code 2. */
export class Misuse extends Error {}

/** The answer to an input that is wrong in itself. `at` is an offset into it, where one is known. */
export function inputFault(code: string, message: string, at: number | null = null) {
  return { error: { code, message, at } };
}
