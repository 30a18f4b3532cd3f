import { useRef, useState } from "react";
import type { DraftId } from "../../../shared/model/ids.ts";
import { useAppState } from "../../state/context.tsx";
import { type Doubt, doubtsAbout } from "./checks.ts";
import type { ComposerResult } from "./composer-result.ts";
import { isSendable } from "./recipients.ts";
import type { OpenDraft } from "./use-draft.ts";

interface SendingOptions {
  readonly draftId: DraftId;
  readonly open: OpenDraft;
  /** What the person wrote, as plain text. */
  readonly text: () => string;
  readonly onSent: (result: ComposerResult) => void;
}

/** Sends a draft, after asking once about each thing that looks forgotten. */
export function useSending({ draftId, open, text, onSent }: SendingOptions) {
  const { engine } = useAppState().bridge;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const asked = useRef(new Set<Doubt["id"]>());
  const underWay = useRef(false);

  const deliver = async () => {
    // Two quick presses must not make two messages.
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    // What is sent is saved with it, in one step.
    const result = await engine.compose.send({ draftId, content: open.latest() });
    underWay.current = false;
    setBusy(false);
    if (result.ok) {
      open.abandon();
      onSent({ kind: "sent", draftId, undoMs: result.value.undoMs });
    } else setFailure(result.error.message);
  };

  const send = async () => {
    const content = open.latest();
    setFailure(wrongRecipients([...content.to, ...content.cc, ...content.bcc]));
    if (wrongRecipients([...content.to, ...content.cc, ...content.bcc]) !== null) return;
    const found = doubtsAbout({
      subject: content.subject,
      text: text(),
      attachments: open.attachments.length,
    }).filter((doubt) => !asked.current.has(doubt.id));
    setDoubts(found);
    if (found.length === 0) await deliver();
  };

  return {
    busy,
    failure,
    doubt: doubts.length === 0 ? null : doubts.map((doubt) => doubt.question).join(" "),
    send,
    goBack: () => setDoubts([]),
    async sendAnyway() {
      for (const doubt of doubts) asked.current.add(doubt.id);
      setDoubts([]);
      await deliver();
    },
  };
}

function wrongRecipients(people: readonly { name: string; email: string }[]): string | null {
  if (people.length === 0) return "Add at least one recipient.";
  const bad = people.find((address) => !isSendable(address));
  return bad === undefined ? null : `“${bad.email}” is not a mail address. Correct or remove it.`;
}
