import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";

/** Asks before what was written is thrown away: there is no way back. */
export function DiscardDialog({ onDiscard, onClose }: { onDiscard: () => void; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      title="Discard this draft?"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Keep writing</Button>
          <Button variant="danger" autoFocus onPress={onDiscard}>
            Discard draft
          </Button>
        </>
      }
    >
      <p>Its text and attachments are removed from this device.</p>
    </Dialog>
  );
}
