import { Inbox, Mails, MailX } from "lucide-react";
import { useState } from "react";
import type { MessageId } from "../../../shared/model/ids.ts";
import type { MailtoFields } from "../../content/index.ts";
import { useAppState, useLive } from "../../state/context.tsx";
import type { MessageAction } from "../../state/message-actions.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Message } from "./Message.tsx";
import { ReaderSkeleton } from "./ReaderSkeleton.tsx";
import "./cards.css";
import "./reader.css";

interface ReaderProps {
  /** The message to show; null when none is open. */
  readonly messageId: MessageId | null;
  /** How many are selected in the list: with several, none is shown. */
  readonly selectedCount?: number;
  readonly onAction: (action: MessageAction, messageId: MessageId) => void;
  /** A link to a mail address was followed. */
  readonly onMailto: (fields: MailtoFields) => void;
}

/** The pane that shows one message. */
export function Reader({ messageId, selectedCount = 0, onAction, onMailto }: ReaderProps) {
  const [withPictures, setWithPictures] = useState<ReadonlySet<MessageId>>(new Set());
  if (selectedCount > 1) {
    return (
      <EmptyState icon={<Mails size={36} strokeWidth={1.25} />} title={`${selectedCount} messages selected`}>
        Flag, move or delete them together.
      </EmptyState>
    );
  }
  if (messageId === null) {
    return (
      <EmptyState icon={<Inbox size={36} strokeWidth={1.25} />} title="No message is open">
        Choose one from the list. J and K go to the next and the previous.
      </EmptyState>
    );
  }
  return (
    <OpenMessage
      key={messageId}
      messageId={messageId}
      pictures={withPictures.has(messageId)}
      onPictures={() => setWithPictures((old) => new Set([...old, messageId]))}
      onAction={(action) => onAction(action, messageId)}
      onMailto={onMailto}
    />
  );
}

interface OpenMessageProps {
  readonly messageId: MessageId;
  readonly pictures: boolean;
  readonly onPictures: () => void;
  readonly onAction: (action: MessageAction) => void;
  readonly onMailto: (fields: MailtoFields) => void;
}

function OpenMessage({ messageId, ...rest }: OpenMessageProps) {
  const { value, error } = useLive(useAppState().message(messageId));
  if (value !== undefined && error?.code !== "not-found") return <Message view={value} {...rest} />;
  if (error === null) return <ReaderSkeleton />;
  const gone = error.code === "not-found";
  return (
    <EmptyState
      icon={<MailX size={36} strokeWidth={1.25} />}
      title={gone ? "This message is no longer here" : "This message could not be opened"}
    >
      {gone ? "It was moved or deleted, here or on another device." : error.message}
    </EmptyState>
  );
}
