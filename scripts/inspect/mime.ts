import { parseMime } from "../../electron/protocol/mime/parse.ts";
import { type InspectCommand, inputFault } from "./command.ts";

/** A message as `parseMime` reads it, attachments without their contents. */
export const mime: InspectCommand = {
  usage: "",
  options: {},
  open: () => ({
    inspect: (input) => {
      const parsed = parseMime(input);
      if (!parsed.ok) return inputFault(parsed.error.code, parsed.error.message, parsed.error.at);
      const attachments = parsed.value.attachments.map(({ content: _, ...attachment }) => attachment);
      return { ...parsed.value, attachments };
    },
  }),
};
