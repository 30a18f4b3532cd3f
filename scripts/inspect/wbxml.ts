import { decode, encode } from "../../electron/protocol/eas/wbxml/index.ts";
import { type InspectCommand, inputFault } from "./command.ts";
import { readXml } from "./wbxml-from-xml.ts";
import { writeXml } from "./wbxml-to-xml.ts";

export const wbxmlDecode: InspectCommand = {
  usage: "",
  options: {},
  open: () => ({
    inspect: (input) => {
      const decoded = decode(input);
      if (!decoded.ok) return inputFault(decoded.error.kind, decoded.error.detail, decoded.error.offset);
      return { xml: writeXml(decoded.value.root), warnings: decoded.value.warnings };
    },
  }),
};

export const wbxmlEncode: InspectCommand = {
  usage: "",
  options: {},
  open: () => ({
    inspect: (input) => {
      const read = readXml(new TextDecoder().decode(input));
      if (!read.ok) return inputFault(read.error.code, read.error.message, read.error.at);
      return { wbxml: Buffer.from(encode(read.value)).toString("base64") };
    },
  }),
};
