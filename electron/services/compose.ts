import { err, ok, type Result } from "../../shared/base/result.ts";
import { type compose, MAX_ATTACHMENT_BYTES } from "../../shared/contract/compose.ts";
import type { CallCode, CallError, CallIn } from "../../shared/contract/define.ts";
import type { Account } from "../../shared/model/account.ts";
import type { AttachmentId, DraftId } from "../../shared/model/ids.ts";
import type { Address, Draft, DraftContent } from "../../shared/model/mail.ts";
import type { Clock, Random } from "../ports/basics.ts";
import { htmlToText } from "../protocol/html/html-to-text.ts";
import { buildMime } from "../protocol/mime/build.ts";
import type { Store } from "../store/api.ts";
import { answerContent, type FormatDate } from "./answer.ts";
import type { Downloads } from "./downloads.ts";

/** How long a sent message waits in the outbox, so that sending can be undone. */
const UNDO_MS = 10_000;
/** Most servers refuse more; counted before transfer encoding. */
const MAX_MESSAGE_BYTES = 35 * 1024 * 1024;
const MAX_HTML_CHARS = 4 * 1024 * 1024;
const MAX_RECIPIENTS = 500;

const ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/u;

type Fault<C> = CallError<CallCode<C>>;

const gone = err({ code: "not-found" as const, message: "This draft is no longer there." });
const tooLarge = err({ code: "too-large" as const, message: "The message would be larger than 35 MB." });

function recipientsOf(content: DraftContent): Address[] {
  return [...content.to, ...content.cc, ...content.bcc];
}

/** Drafts, answers, and the way into the outbox. */
export function createCompose(parts: {
  readonly store: Store;
  readonly accounts: () => readonly Account[];
  readonly downloads: Downloads;
  readonly clock: Clock;
  readonly random: Random;
  readonly formatDate: FormatDate;
  readonly onChange: () => void;
}) {
  const { store, clock } = parts;
  const { drafts } = store;
  /** Attachments of a forwarded message that are still being fetched. */
  const fetching = new Map<DraftId, number>();

  const attachOriginals = async (draft: Draft, attachmentIds: readonly AttachmentId[]): Promise<void> => {
    fetching.set(draft.id, attachmentIds.length);
    for (const attachmentId of attachmentIds) {
      const fetched = await parts.downloads.fetch(attachmentId);
      if (fetched.ok) drafts.attachStored(draft.id, attachmentId);
      fetching.set(draft.id, (fetching.get(draft.id) ?? 1) - 1);
      parts.onChange();
    }
    fetching.delete(draft.id);
  };

  const sizeOf = (draft: Draft): number => draft.attachments.reduce((sum, { size }) => sum + size, 0);

  return {
    start(input: CallIn<typeof compose.start>): Result<Draft, Fault<typeof compose.start>> {
      const original = input.sourceId === null ? null : store.mail.open(input.sourceId);
      if (input.sourceId !== null && original === null) {
        return err({ code: "not-found", message: "This message is no longer there." });
      }
      const wanted = original?.row.accountId ?? input.accountId;
      const all = parts.accounts();
      const account = all.find(({ id }) => id === wanted) ?? all[0];
      if (account === undefined) return err({ code: "no-account", message: "Set up an account first." });
      const draft = drafts.create({
        accountId: account.id,
        mode: input.mode,
        sourceId: input.sourceId,
        content: answerContent(input.mode, original, account.address, parts.formatDate),
      });
      if (input.mode === "forward" && original !== null) {
        const carried = original.attachments.filter(({ inline }) => !inline).map(({ id }) => id);
        if (carried.length > 0) void attachOriginals(draft, carried);
      }
      return ok(draft);
    },

    save({
      draftId,
      content,
    }: CallIn<typeof compose.save>): Result<{ savedAt: number }, Fault<typeof compose.save>> {
      if (content.html.length > MAX_HTML_CHARS) return tooLarge;
      const savedAt = drafts.save(draftId, content);
      return savedAt === null ? gone : ok({ savedAt });
    },

    attach({ draftId, ...file }: CallIn<typeof compose.attach>): Result<Draft, Fault<typeof compose.attach>> {
      const draft = drafts.get(draftId);
      if (draft === null) return gone;
      if (
        file.bytes.byteLength > MAX_ATTACHMENT_BYTES ||
        sizeOf(draft) + file.bytes.byteLength > MAX_MESSAGE_BYTES
      ) {
        return tooLarge;
      }
      const changed = drafts.attach(draftId, file);
      return changed === null ? gone : ok(changed);
    },

    async send({
      draftId,
      content,
    }: CallIn<typeof compose.send>): Promise<Result<{ undoMs: number }, Fault<typeof compose.send>>> {
      const draft = drafts.get(draftId);
      const account = parts.accounts().find(({ id }) => id === draft?.accountId);
      if (draft === null || account === undefined) return gone;
      // Asked again because the engine ended between its promise and its answer: the promise holds.
      if (drafts.outbox().some(({ id }) => id === draftId)) return ok({ undoMs: UNDO_MS });
      const recipients = recipientsOf(content);
      if (recipients.length === 0)
        return err({ code: "no-recipients", message: "Add at least one recipient." });
      const bad = recipients.find(({ email }) => !ADDRESS.test(email));
      if (bad !== undefined || recipients.length > MAX_RECIPIENTS) {
        const message =
          bad === undefined ? "There are too many recipients." : `“${bad.email}” is not a mail address.`;
        return err({ code: "bad-address", message });
      }
      if ((fetching.get(draftId) ?? 0) > 0) {
        return err({ code: "too-large", message: "The forwarded attachments are still being fetched." });
      }
      if (content.html.length > MAX_HTML_CHARS || sizeOf(draft) > MAX_MESSAGE_BYTES) return tooLarge;
      const now = clock.now();
      const clientId = parts.random.uuid();
      const mime = await buildMime({
        from: { name: account.displayName, email: account.address },
        to: content.to,
        cc: content.cc,
        bcc: content.bcc,
        subject: content.subject,
        date: now,
        messageId: `<${clientId}@${account.address.split("@")[1] ?? "localhost"}>`,
        html: content.html,
        text: htmlToText(content.html, { form: "plain" }),
        attachments: draft.attachments.map(({ id, name, type }) => ({
          name,
          type,
          content: Buffer.concat([...(drafts.readAttachment(id) ?? [])]),
        })),
      });
      if (!mime.ok) return err({ code: "bad-address", message: mime.error.message });
      const kind = draft.mode === "forward" ? "forward" : draft.mode === "new" ? "send" : "reply";
      const queued = drafts.queue(draftId, {
        content,
        clientId,
        kind,
        mime: [mime.value],
        notBefore: now + UNDO_MS,
      });
      return queued ? ok({ undoMs: UNDO_MS }) : gone;
    },
  };
}

export type Compose = ReturnType<typeof createCompose>;
