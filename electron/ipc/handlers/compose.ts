import { err, ok } from "../../../shared/base/result.ts";
import type { Handlers } from "../../../shared/contract/dispatch.ts";
import type { engineContract } from "../../../shared/contract/index.ts";
import type { Compose } from "../../services/compose.ts";
import type { DraftStore, MailStore } from "../../store/api.ts";

const MAX_SUGGESTIONS = 8;
const gone = err({ code: "not-found" as const, message: "This draft is no longer there." });

export function composeHandlers(parts: {
  readonly compose: Compose;
  readonly drafts: DraftStore;
  readonly mail: MailStore;
}): Handlers<typeof engineContract>["compose"] {
  const { compose, drafts, mail } = parts;
  return {
    start: (input) => compose.start(input),
    get: ({ draftId }) => {
      const draft = drafts.get(draftId);
      return draft === null ? gone : ok(draft);
    },
    list: () => ok([...drafts.list()]),
    save: (input) => compose.save(input),
    attach: (input) => compose.attach(input),
    detach: ({ draftId, attachmentId }) => {
      const draft = drafts.detach(draftId, attachmentId);
      return draft === null ? gone : ok(draft);
    },
    discard: ({ draftId }) => (drafts.discard(draftId) ? ok({}) : gone),
    send: (input) => compose.send(input),
    outbox: () => ok([...drafts.outbox()]),
    recall: ({ draftId }) => {
      const draft = drafts.recall(draftId);
      if (draft === "not-found") return gone;
      return draft === "too-late"
        ? err({ code: "too-late", message: "It is on its way already." })
        : ok(draft);
    },
    retry: ({ draftId }) => (drafts.retry(draftId) ? ok({}) : gone),
    suggest: ({ text }) => ok([...mail.suggest(text, MAX_SUGGESTIONS)]),
  };
}
