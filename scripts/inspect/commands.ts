import type { InspectCommand } from "./command.ts";
import { html } from "./html.ts";
import { mime } from "./mime.ts";
import { wbxmlDecode, wbxmlEncode } from "./wbxml.ts";

/** The command table. A later command is one more file and one more row. */
export const COMMANDS: ReadonlyMap<string, InspectCommand> = new Map([
  ["wbxml decode", wbxmlDecode],
  ["wbxml encode", wbxmlEncode],
  ["mime", mime],
  ["html", html],
]);
