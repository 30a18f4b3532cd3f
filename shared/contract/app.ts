import * as v from "valibot";
import { AttachmentIdSchema } from "../model/ids.ts";
import { call, event } from "./define.ts";

/** What main does for a window: nothing that reads mail. */
export const app = {
  info: call({
    in: v.object({}),
    out: v.object({
      version: v.string(),
      platform: v.picklist(["linux", "darwin", "win32"]),
      /** Address of the demo server, when the app was started by `npm run demo`; else null. */
      demo: v.nullable(v.object({ server: v.string(), address: v.string(), password: v.string() })),
    }),
  }),
  theme: call({ in: v.object({ source: v.picklist(["system", "light", "dark"]) }), out: v.object({}) }),
  /** Opens an http, https or mailto address outside the app; anything else is refused. */
  openExternal: call({
    in: v.object({ url: v.pipe(v.string(), v.maxLength(8192)) }),
    out: v.object({}),
    errors: ["refused"],
  }),
  /** Asks where to save, then has the engine write the file. `cancelled` when the person did not choose. */
  saveAttachment: call({
    in: v.object({ attachmentId: AttachmentIdSchema }),
    out: v.object({ saved: v.boolean() }),
    errors: ["not-found", "offline", "failed"],
  }),
  /** Opens a private copy with the program the system has for it. Programs and scripts are refused. */
  openAttachment: call({
    in: v.object({ attachmentId: AttachmentIdSchema }),
    out: v.object({}),
    errors: ["not-found", "offline", "refused", "failed"],
  }),
  /** How the store's key is kept, and whether the app waits for a passcode. */
  vault: call({
    in: v.object({}),
    out: v.object({
      state: v.picklist(["opening", "ready", "needs-passcode", "choose-passcode", "failed"]),
      message: v.string(),
    }),
  }),
  /** Opens the store with a passcode, or sets the first one where there is no keychain. */
  unlock: call({
    in: v.object({ passcode: v.pipe(v.string(), v.minLength(8), v.maxLength(1024)) }),
    out: v.object({}),
    errors: ["wrong-passcode", "failed"],
  }),
  vaultChanged: event({ out: v.object({}) }),
  /** A link was followed inside the message frame; the frame did not move. */
  linkFollowed: event({ out: v.object({ url: v.string() }) }),
  /** A key pressed while the message frame, which has no scripts, held the focus. Names as in KeyboardEvent. */
  frameKey: event({
    out: v.object({
      key: v.string(),
      ctrlKey: v.boolean(),
      metaKey: v.boolean(),
      altKey: v.boolean(),
      shiftKey: v.boolean(),
    }),
  }),
  /** A command chosen from the application menu, by its id in the command list. */
  command: event({ out: v.object({ id: v.string() }) }),
};
