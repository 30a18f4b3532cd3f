import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useRef, useState } from "react";
import type { Address, Draft } from "../../../shared/model/mail.ts";
import { cleanQuote } from "../../content/index.ts";
import { useAppState, useLive } from "../../state/context.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ComposerFoot } from "./ComposerFoot.tsx";
import { ComposerHead } from "./ComposerHead.tsx";
import { isEmptyDraft } from "./checks.ts";
import type { ComposerResult } from "./composer-result.ts";
import { DiscardDialog } from "./DiscardDialog.tsx";
import { DraftFiles } from "./DraftFiles.tsx";
import { Editor, useWritingEditor } from "./Editor.tsx";
import { QuoteBlock } from "./QuoteBlock.tsx";
import { joinDraft, splitDraft } from "./quote.ts";
import { RecipientField } from "./RecipientField.tsx";
import { useAttaching } from "./use-attaching.ts";
import { useDraft } from "./use-draft.ts";
import { useSending } from "./use-sending.ts";

interface ComposerFormProps {
  readonly draft: Draft;
  readonly onClose: (result: ComposerResult) => void;
}

/** The form of one draft. Every way out of it saves, sends or discards, and says which. */
export function ComposerForm({ draft, onClose }: ComposerFormProps) {
  const { bridge, info, accounts, status } = useAppState();
  const mac = useLive(info).value?.platform === "darwin";
  const known = useLive(accounts).value ?? [];
  const account = known.find(({ id }) => id === draft.accountId);
  const offline =
    useLive(status).value?.find(({ accountId }) => accountId === draft.accountId)?.state === "offline";
  const open = useDraft(draft);
  const { content, change } = open;
  const files = useAttaching(draft, open);
  const [parts] = useState(() => {
    const { own, quote } = splitDraft(draft.html);
    return { own, quote: quote === null ? null : cleanQuote(quote) };
  });
  const [quote, setQuote] = useState(parts.quote);
  const own = useRef(parts.own);
  const [copies, setCopies] = useState({ cc: draft.cc.length > 0, bcc: draft.bcc.length > 0 });
  const [expanded, setExpanded] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const answering = draft.mode === "reply" || draft.mode === "reply-all";

  const editor = useWritingEditor({
    html: parts.own,
    autoFocus: answering,
    onChange: (html) => {
      own.current = html;
      change({ html: joinDraft({ own: html, quote }) });
    },
  });
  const text = () => editor?.getText() ?? "";
  const sending = useSending({ draftId: draft.id, open, text, onSent: onClose });

  const isInternal = (address: Address) => {
    const domain = account?.address.split("@")[1]?.toLowerCase();
    return domain === undefined || address.email.toLowerCase().endsWith(`@${domain}`);
  };
  const changeQuote = (next: string | null) => {
    setQuote(next);
    // The button that was pressed is gone: the keys must not go with it.
    editor?.view.focus();
    change({ html: joinDraft({ own: own.current, quote: next }) });
  };
  const editQuote = () => {
    editor?.commands.insertContentAt(editor.state.doc.content.size, quote ?? "");
    own.current = editor?.getHTML() ?? own.current;
    changeQuote(null);
  };
  const discard = async () => {
    open.abandon();
    await bridge.engine.compose.discard({ draftId: draft.id });
    onClose({ kind: "discarded" });
  };
  const isEmpty = () => {
    const { to, cc, bcc, subject } = open.latest();
    return isEmptyDraft({
      people: to.length + cc.length + bcc.length,
      subject,
      text: text(),
      attachments: open.attachments.length,
      quoted: draft.mode !== "new",
    });
  };
  const close = async () => {
    if (isEmpty()) await discard();
    else if (await open.flush()) onClose({ kind: "saved" });
  };

  // Before the fields, whose own Enter would take it.
  const onSendKeys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(mac ? event.metaKey : event.ctrlKey)) return;
    event.preventDefault();
    event.stopPropagation();
    // Leaving the field takes over an address that is still being typed.
    if (event.target instanceof HTMLElement && event.target.localName === "input") event.target.blur();
    window.setTimeout(() => void sending.send(), 0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    // The editor marks every Escape as used and does nothing with it; from elsewhere the mark counts.
    const inText = event.target instanceof Element && event.target.closest(".editor-text") !== null;
    if (event.defaultPrevented && !inText) return;
    event.preventDefault();
    void close();
  };
  const takeFiles = (event: DragEvent | ClipboardEvent, from: DataTransfer) => {
    // Office programs put a picture beside the text they copy: the text is what is meant.
    if (from.files.length === 0 || from.types.includes("text/plain")) return;
    event.preventDefault();
    event.stopPropagation();
    void files.attach([...from.files]);
  };
  const field = (label: string, name: "to" | "cc" | "bcc", focus: boolean) => (
    <RecipientField
      label={label}
      people={content[name]}
      onChange={(people) => change({ [name]: people })}
      isInternal={isInternal}
      autoFocus={focus}
    />
  );

  return (
    <section
      aria-label="Draft"
      className="composer"
      data-expanded={expanded || undefined}
      data-dropping={dropping || undefined}
      onKeyDownCapture={onSendKeys}
      onKeyDown={onKeyDown}
      onPasteCapture={(event) => takeFiles(event, event.clipboardData)}
      onDragOverCapture={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setDropping(false)}
      onDropCapture={(event) => {
        setDropping(false);
        takeFiles(event, event.dataTransfer);
      }}
    >
      <ComposerHead
        mode={draft.mode}
        subject={content.subject}
        saveState={open.saveState}
        expanded={expanded}
        onExpand={() => setExpanded(!expanded)}
        onClose={() => void close()}
      />
      <div className="composer-fields">
        {known.length > 1 && account !== undefined ? (
          <p className="composer-from">
            <span>From</span>
            {account.address}
          </p>
        ) : null}
        <div className="composer-to">
          {field("To", "to", !answering)}
          <div className="composer-copies">
            {copies.cc ? null : (
              <Button variant="quiet" size="small" onPress={() => setCopies({ ...copies, cc: true })}>
                Cc
              </Button>
            )}
            {copies.bcc ? null : (
              <Button variant="quiet" size="small" onPress={() => setCopies({ ...copies, bcc: true })}>
                Bcc
              </Button>
            )}
          </div>
        </div>
        {copies.cc ? field("Cc", "cc", draft.cc.length === 0) : null}
        {copies.bcc ? field("Bcc", "bcc", draft.bcc.length === 0) : null}
        <label className="composer-subject">
          <span>Subject</span>
          <input
            value={content.subject}
            maxLength={500}
            onChange={(event) => change({ subject: event.target.value })}
          />
        </label>
      </div>
      <div className="composer-body">
        <Editor editor={editor} />
        {quote === null ? null : (
          <QuoteBlock
            html={quote}
            messageId={draft.sourceId ?? 0}
            onEdit={editQuote}
            onRemove={() => changeQuote(null)}
          />
        )}
      </div>
      <DraftFiles
        files={open.attachments}
        incoming={files.incoming}
        onRemove={(id) => void files.detach(id)}
      />
      {files.failure === null ? null : (
        <Banner
          kind="warning"
          actions={
            <Button size="small" onPress={files.dismissFailure}>
              Dismiss
            </Button>
          }
        >
          {files.failure}
        </Banner>
      )}
      {sending.failure === null ? null : <Banner kind="danger">{sending.failure}</Banner>}
      {sending.doubt === null ? null : (
        <Banner
          kind="warning"
          actions={
            <>
              <Button size="small" variant="quiet" onPress={sending.goBack}>
                Go back
              </Button>
              <Button size="small" autoFocus onPress={() => void sending.sendAnyway()}>
                Send anyway
              </Button>
            </>
          }
        >
          {sending.doubt}
        </Banner>
      )}
      <ComposerFoot
        mac={mac}
        offline={offline}
        sending={sending.busy || files.incoming.length > 0}
        editor={editor}
        onSend={() => void sending.send()}
        onAttach={(chosen) => void files.attach(chosen)}
        onDiscard={() => (isEmpty() ? void discard() : setDiscarding(true))}
      />
      {discarding ? (
        <DiscardDialog onDiscard={() => void discard()} onClose={() => setDiscarding(false)} />
      ) : null}
    </section>
  );
}
