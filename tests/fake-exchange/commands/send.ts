import { textToHtml } from "../mail/convert.ts";
import { parseMessage } from "../mail/parse.ts";
import { renderMime } from "../mail/render.ts";
import type { Item } from "../state/mailbox.ts";
import { child, e, text } from "../wbxml/node.ts";
import { type CommandAnswer, type Context, EMPTY, http, isLegacy, reply } from "./context.ts";

type Kind = "SendMail" | "SmartReply" | "SmartForward";

interface Submission {
  readonly clientId: string | null;
  readonly mime: Uint8Array;
  readonly save: boolean;
  readonly replaceMime: boolean;
  /** Server id of the source; null when the request names none. */
  readonly source: { readonly folderId: string; readonly itemId: string } | null;
}

/** RFC 5322 needs at least one header line; Exchange answers 107 for what is no message. */
function looksLikeMime(mime: Uint8Array): boolean {
  return /^[!-9;-~]+:/.test(Buffer.from(mime.subarray(0, 200)).toString("latin1"));
}

function readSubmission(kind: Kind, context: Context): Submission | number {
  const { request, query } = context;
  if (isLegacy(context)) {
    const source =
      query.itemId === null || query.collectionId === null
        ? null
        : { folderId: query.collectionId, itemId: query.itemId };
    return { clientId: null, mime: context.body, save: query.saveInSent, replaceMime: false, source };
  }
  if (request === null) return 102;
  const clientId = text(request, "ComposeMail:ClientId");
  const mime = child(request, "ComposeMail:Mime");
  if (clientId === null || clientId === "" || clientId.length > 40 || mime === null) return 103;
  const node = child(request, "ComposeMail:Source");
  if (kind !== "SendMail" && node === null) return 103;
  const folderId = text(node, "ComposeMail:FolderId");
  const itemId = text(node, "ComposeMail:ItemId");
  // A source is named by folder and item, or by LongId, which this server does not give out.
  if (node !== null && (folderId === null || itemId === null)) return 105;
  return {
    clientId,
    mime: mime.bytes ?? Buffer.from(mime.text, "utf8"),
    save: child(request, "ComposeMail:SaveInSentItems") !== null,
    replaceMime: child(request, "ComposeMail:ReplaceMime") !== null,
    source: folderId === null || itemId === null ? null : { folderId, itemId },
  };
}

/** Appends the source to what the user wrote, as SmartReply and SmartForward do without ReplaceMime. */
async function withSource(context: Context, kind: Kind, mime: Uint8Array, item: Item): Promise<Uint8Array> {
  const own = await parseMessage(mime, context.world.now());
  const source = item.source.message();
  const line = `From: ${source.from.name} <${source.from.email}>\r\nSubject: ${source.subject}\r\n\r\n`;
  const html = own.html === null && source.html === null ? null : (own.html ?? textToHtml(own.text));
  return renderMime({
    ...own,
    from: own.from.email === "" ? context.account.person : own.from,
    charset: "utf-8",
    text: `${own.text}\r\n\r\n-----Original Message-----\r\n${line}${source.text}`,
    html: html === null ? null : `${html}<hr>${textToHtml(line)}${source.html ?? textToHtml(source.text)}`,
    attachments: kind === "SmartForward" ? [...own.attachments, ...source.attachments] : own.attachments,
  });
}

/** SendMail, SmartReply and SmartForward (MS-ASCMD 2.2.1.17 to 2.2.1.19). */
export function send(kind: Kind) {
  return async (context: Context): Promise<CommandAnswer> => {
    const legacy = isLegacy(context);
    const status = (code: number): CommandAnswer =>
      legacy
        ? http(code === 107 || code === 103 ? 400 : 500)
        : reply(e(`ComposeMail:${kind}`, e("ComposeMail:Status", code)));
    const submission = readSubmission(kind, context);
    if (typeof submission === "number") return status(submission);
    const { clientId, save, source } = submission;
    if (clientId !== null && context.account.sentClientIds.has(clientId)) return status(118);
    if (submission.mime.length > context.options.maxMessageBytes) return status(122);
    if (!looksLikeMime(submission.mime)) return status(107);
    const item = source === null || kind === "SendMail" ? null : context.mailbox.find(source.itemId);
    if (kind !== "SendMail" && source !== null && (item === null || item.folderId !== source.folderId)) {
      return status(150);
    }
    const mime =
      item === null || submission.replaceMime
        ? submission.mime
        : await withSource(context, kind, submission.mime, item);
    const code = await context.world.submit(context.account, { command: kind, clientId, mime, save });
    if (code !== 1) return status(code);
    if (item !== null) {
      context.mailbox.change(item, {
        lastVerb: kind === "SmartReply" ? 1 : 3,
        lastVerbAt: context.world.now(),
      });
    }
    return EMPTY;
  };
}
