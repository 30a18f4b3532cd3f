import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft, DraftContent } from "../../../shared/model/mail.ts";
import { useAppState } from "../../state/context.tsx";

/** How long typing has to rest before it is saved. */
const AUTOSAVE_MS = 2_000;

/** `fresh`: nothing was changed since it was opened. */
export type SaveState = "fresh" | "saved" | "changed" | "saving" | "failed";

/** What is written, saved as it changes. */
export interface OpenDraft {
  readonly content: DraftContent;
  readonly attachments: Draft["attachments"];
  readonly saveState: SaveState;
  /** The content as it is this moment, also before the next drawing. */
  readonly latest: () => DraftContent;
  readonly change: (patch: Partial<DraftContent>) => void;
  readonly setAttachments: (attachments: Draft["attachments"]) => void;
  /** Saves now if there is anything to save; false when that failed. */
  readonly flush: () => Promise<boolean>;
  /** The draft is gone or on its way: nothing is saved any more. */
  readonly abandon: () => void;
}

export function useDraft(draft: Draft): OpenDraft {
  const { engine, on } = useAppState().bridge;
  const draftId = draft.id;
  const [content, setContent] = useState<DraftContent>(() => contentOf(draft));
  const [attachments, setAttachments] = useState(draft.attachments);
  const [saveState, setSaveState] = useState<SaveState>("fresh");
  const current = useRef(content);
  const unsaved = useRef(false);
  const abandoned = useRef(false);
  const timer = useRef<number | undefined>(undefined);

  const flush = useCallback(async (): Promise<boolean> => {
    window.clearTimeout(timer.current);
    if (!unsaved.current || abandoned.current) return true;
    unsaved.current = false;
    setSaveState("saving");
    const result = await engine.compose.save({ draftId, content: current.current });
    if (!result.ok) unsaved.current = true;
    setSaveState(result.ok ? (unsaved.current ? "changed" : "saved") : "failed");
    return result.ok;
  }, [engine, draftId]);

  const change = useCallback(
    (patch: Partial<DraftContent>) => {
      current.current = { ...current.current, ...patch };
      unsaved.current = true;
      setContent(current.current);
      setSaveState("changed");
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), AUTOSAVE_MS);
    },
    [flush],
  );

  // A forwarded message's attachments arrive one by one after the draft was made.
  useEffect(
    () =>
      on("compose.changed", async () => {
        if (abandoned.current) return;
        const result = await engine.compose.get({ draftId });
        if (result.ok) setAttachments(result.value.attachments);
      }),
    [on, engine, draftId],
  );
  useEffect(() => () => void flush(), [flush]);

  return {
    content,
    attachments,
    saveState,
    latest: useCallback(() => current.current, []),
    change,
    setAttachments,
    flush,
    abandon: useCallback(() => {
      abandoned.current = true;
      window.clearTimeout(timer.current);
    }, []),
  };
}

function contentOf({ to, cc, bcc, subject, html }: Draft): DraftContent {
  return { to, cc, bcc, subject, html };
}
