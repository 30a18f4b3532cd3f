import { err, ok } from "../../../shared/base/result.ts";
import type { Handlers } from "../../../shared/contract/dispatch.ts";
import type { engineContract } from "../../../shared/contract/index.ts";
import type { Downloads } from "../../services/downloads.ts";
import type { Pictures } from "../../services/pictures.ts";
import type { MailStore } from "../../store/api.ts";

const gone = err({ code: "not-found" as const, message: "This message is no longer there." });

export function mailHandlers(parts: {
  readonly mail: MailStore;
  readonly downloads: Downloads;
  readonly pictures: Pictures;
}): Handlers<typeof engineContract>["mail"] {
  const { mail, downloads, pictures } = parts;
  return {
    folders: () => ok([...mail.folders()]),
    page: ({ scope, offset, limit }) => ok(mail.page(scope, offset, limit)),
    indexOf: ({ scope, messageId }) => ok(mail.indexOf(scope, messageId)),
    open: ({ messageId }) => {
      const view = mail.open(messageId);
      return view === null ? gone : ok(view);
    },
    complete: ({ messageId }) => (mail.wantBody(messageId) ? ok({}) : gone),
    setRead: ({ ids, read }) => ok(mail.setRead(ids, read)),
    setFlag: ({ ids, flagged }) => ok(mail.setFlag(ids, flagged)),
    move: ({ ids, folderId }) => {
      const undo = mail.move(ids, folderId);
      return undo === null
        ? err({ code: "not-found", message: "That folder is in another account." })
        : ok(undo);
    },
    remove: ({ ids }) => ok(mail.remove(ids)),
    undo: ({ token }) =>
      mail.undo(token) ? ok({}) : err({ code: "expired", message: "It is too late to undo this." }),
    fetchAttachment: ({ attachmentId }) => downloads.fetch(attachmentId),
    inlinePicture: async ({ messageId, contentId }) => {
      const picture = await pictures.inline(messageId, contentId);
      return ok(picture.ok ? picture.value : null);
    },
    showPictures: ({ messageId }) => {
      const view = mail.open(messageId);
      if (view === null) return gone;
      if (view.body.kind === "html") pictures.allow(messageId, view.body.html);
      return ok({});
    },
  };
}
