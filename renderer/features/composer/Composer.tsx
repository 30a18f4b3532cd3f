import { FileX } from "lucide-react";
import { useEffect, useState } from "react";
import type { DraftId } from "../../../shared/model/ids.ts";
import type { Draft } from "../../../shared/model/mail.ts";
import { useAppState } from "../../state/context.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ComposerForm } from "./ComposerForm.tsx";
import "./composer.css";
import type { ComposerResult } from "./composer-result.ts";

export type { ComposerResult } from "./composer-result.ts";

interface ComposerProps {
  readonly draftId: DraftId;
  readonly onClose: (result: ComposerResult) => void;
}

/** Writes one draft. */
export function Composer({ draftId, onClose }: ComposerProps) {
  const { engine } = useAppState().bridge;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let late = false;
    const open = async () => {
      const first = await engine.compose.get({ draftId });
      // The engine ended while it looked: the one that was started in its place is asked.
      const again = !first.ok && first.error.code === "internal";
      const result = again ? await engine.compose.get({ draftId }) : first;
      if (late) return;
      if (result.ok) setDraft(result.value);
      else setFailure(result.error.message);
    };
    void open();
    return () => {
      late = true;
    };
  }, [engine, draftId]);

  if (failure !== null) {
    const close = <Button onPress={() => onClose({ kind: "discarded" })}>Close</Button>;
    return (
      <EmptyState
        icon={<FileX size={32} strokeWidth={1.25} />}
        title="This draft cannot be opened"
        action={close}
      >
        {failure}
      </EmptyState>
    );
  }
  return draft === null ? (
    <div className="composer" aria-busy />
  ) : (
    <ComposerForm draft={draft} onClose={onClose} />
  );
}
