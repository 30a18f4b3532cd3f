import { type InspectCommand, Misuse } from "./command.ts";

/** A body as the product's message frame shows it, in a hidden window under the product's own session rules. */
export const html: InspectCommand = {
  usage: "[--pictures on|off]",
  options: { pictures: { type: "string", default: "off" } },
  open: async ({ pictures }) => {
    if (pictures !== "on" && pictures !== "off") throw new Misuse("--pictures is on or off");
    // Only this command needs the build tools and a display.
    const { openWindow } = await import("./html/open-window.ts");
    const window = await openWindow();
    let messageId = 0;
    return {
      inspect: (input) => {
        messageId += 1;
        return window.show({ html: new TextDecoder().decode(input), pictures, messageId });
      },
      close: window.close,
    };
  },
};
