import { CloudOff, FileX } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { MessageView } from "../../../shared/model/mail.ts";
import { type CleanBody, cleanHtml, cleanText, type MailtoFields, readMailto } from "../../content/index.ts";
import { MessageFrame } from "../../message-frame/MessageFrame.tsx";
import { useDark } from "../../message-frame/use-dark.ts";
import { useAppState, useLive } from "../../state/context.tsx";
import { createDateWords } from "../../state/dates.ts";
import type { MessageAction } from "../../state/message-actions.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useToast } from "../../ui/Toast.tsx";
import { AttachmentList } from "./AttachmentList.tsx";
import { LinkDialog } from "./LinkDialog.tsx";
import { MeetingCard } from "./MeetingCard.tsx";
import { ReaderHeader } from "./ReaderHeader.tsx";
import { BodySkeleton } from "./ReaderSkeleton.tsx";
import { ReaderToolbar } from "./ReaderToolbar.tsx";
import { nameOf } from "./reader-words.ts";
import { TrustStrip } from "./TrustStrip.tsx";
import { trustItems } from "./trust-items.ts";

interface MessageProps {
  readonly view: MessageView;
  readonly pictures: boolean;
  readonly onPictures: () => void;
  readonly onAction: (action: MessageAction) => void;
  readonly onMailto: (fields: MailtoFields) => void;
}

/** A message that is there: toolbar, subject, strip, people, invitation, files, body. */
export function Message({ view, pictures, onPictures, onAction, onMailto }: MessageProps) {
  const { bridge, info, accounts } = useAppState();
  const showToast = useToast();
  const dark = useDark();
  const [words] = useState(() => createDateWords(navigator.language));
  const mac = useLive(info).value?.platform === "darwin";
  const ownAddresses = (useLive(accounts).value ?? []).map((account) => account.address);
  const [completing, setCompleting] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const article = useRef<HTMLElement>(null);
  const { row } = view;
  const body = useCleanBody(view, pictures, dark);

  useEffect(
    () =>
      bridge.on("app.linkFollowed", ({ url }) => {
        const mail = readMailto(url);
        if (mail === null) setLink(url);
        else onMailto(mail);
      }),
    [bridge, onMailto],
  );

  const showPictures = async () => {
    const allowed = await bridge.engine.mail.showPictures({ messageId: row.id });
    if (allowed.ok) onPictures();
    else showToast({ message: allowed.error.message });
  };
  const complete = async () => {
    setCompleting(true);
    const asked = await bridge.engine.mail.complete({ messageId: row.id });
    if (asked.ok) return;
    setCompleting(false);
    showToast({ message: asked.error.message });
  };
  // A frame without scripts scrolls by its own keys once it has the focus.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== article.current || (event.key !== " " && event.key !== "PageDown")) return;
    event.preventDefault();
    article.current.querySelector("iframe")?.focus();
  };

  const items = trustItems({
    view,
    ownAddresses,
    remotePictures: body?.remotePictures ?? 0,
    trackers: body?.trackers ?? 0,
    note: body?.note ?? null,
    picturesShown: pictures,
    completing,
    onShowPictures: () => void showPictures(),
    onComplete: () => void complete(),
  });
  const subject = row.subject.trim() === "" ? "(No subject)" : row.subject;
  return (
    <article ref={article} className="reader" aria-label={subject} tabIndex={-1} onKeyDown={onKeyDown}>
      <ReaderToolbar row={row} mac={mac} onAction={onAction} />
      <div className="reader-top">
        <h1 className="reader-subject">{subject}</h1>
        <TrustStrip items={items} />
        <ReaderHeader view={view} words={words} />
        {view.meeting === null ? null : <MeetingCard meeting={view.meeting} locale={navigator.language} />}
        <AttachmentList attachments={listedAttachments(view)} />
      </div>
      <div className="reader-body">
        <Body view={view} body={body} dark={dark} />
      </div>
      {link === null ? null : (
        <LinkDialog url={link} links={body?.links ?? []} onClose={() => setLink(null)} />
      )}
    </article>
  );
}

function Body({ view, body, dark }: { view: MessageView; body: CleanBody | null; dark: boolean }) {
  if (view.body.kind === "missing") {
    if (view.body.reason === "loading") return <BodySkeleton />;
    return (
      <EmptyState icon={<CloudOff size={32} strokeWidth={1.25} />} title="Not on this device yet">
        The text of this message is loaded as soon as the server can be reached.
      </EmptyState>
    );
  }
  if (body === null) {
    return (
      <EmptyState icon={<FileX size={32} strokeWidth={1.25} />} title="This message has no text">
        {view.attachments.length > 0
          ? "Its content is in the attachments above."
          : "The sender left it empty."}
      </EmptyState>
    );
  }
  return <MessageFrame body={body} dark={dark} inset={24} title={`Message from ${nameOf(view.row.from)}`} />;
}

/** Cleans again only when the text, the theme or the pictures change, and not with every change of the row. */
function useCleanBody(view: MessageView, pictures: boolean, dark: boolean): CleanBody | null {
  const { kind } = view.body;
  const source = view.body.kind === "html" ? view.body.html : view.body.kind === "text" ? view.body.text : "";
  const messageId = view.row.id;
  return useMemo(() => {
    if (source.trim() === "") return null;
    if (kind === "text") return cleanText(source);
    return cleanHtml(source, { messageId, pictures: pictures ? "on" : "off", dark });
  }, [kind, source, messageId, pictures, dark]);
}

/** Parts of an HTML body are shown in it; beside plain text they are files like others. */
function listedAttachments(view: MessageView) {
  if (view.body.kind !== "html") return view.attachments;
  const { html } = view.body;
  return view.attachments.filter(
    (attachment) =>
      !attachment.inline || attachment.contentId === null || !html.includes(attachment.contentId),
  );
}
