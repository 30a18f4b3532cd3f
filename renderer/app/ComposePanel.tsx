import { Suspense } from "react";
import type { DraftId } from "../../shared/model/ids.ts";
import type { ComposerResult } from "../features/composer/composer-result.ts";
import { useAppState, useLive } from "../state/context.tsx";
import { useToast } from "../ui/Toast.tsx";
import { Composer } from "./lazy.ts";

/** The composer in its place, and what is said when it closes. */
export function ComposePanel({
  draftId,
  onDraft,
}: {
  draftId: DraftId;
  onDraft: (draftId: DraftId | null) => void;
}) {
  const { bridge, status } = useAppState();
  const { engine } = bridge;
  const offline = useLive(status).value?.some(({ state }) => state === "offline") === true;
  const toast = useToast();
  const recall = async () => {
    const result = await engine.compose.recall({ draftId });
    if (result.ok) onDraft(draftId);
    else
      toast({
        message: result.error.code === "too-late" ? "It is on its way already" : result.error.message,
      });
  };
  const close = (result: ComposerResult) => {
    onDraft(null);
    if (result.kind === "sent") {
      const message = offline ? "Message waits until you are online" : "Message goes out";
      toast({ message, action: { label: "Undo", onPress: () => void recall() } });
    } else if (result.kind === "saved") toast({ message: "Kept in Drafts" });
  };
  return (
    <section className="compose-panel" data-own-keys aria-label="New message">
      <Suspense fallback={<div aria-busy />}>
        <Composer draftId={draftId} onClose={close} />
      </Suspense>
    </section>
  );
}
