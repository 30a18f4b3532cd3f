import { Maximize2, Minimize2, X } from "lucide-react";
import type { ComposeMode } from "../../../shared/model/mail.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import type { SaveState } from "./use-draft.ts";

interface ComposerHeadProps {
  readonly mode: ComposeMode;
  readonly subject: string;
  readonly saveState: SaveState;
  readonly expanded: boolean;
  readonly onExpand: () => void;
  readonly onClose: () => void;
}

const TITLES: Readonly<Record<ComposeMode, string>> = {
  new: "New message",
  reply: "Reply",
  "reply-all": "Reply to all",
  forward: "Forward",
};
const SAVE_WORDS: Readonly<Record<SaveState, string>> = {
  fresh: "",
  saved: "Saved",
  changed: "",
  saving: "",
  failed: "Not saved",
};

/** The form's title line. */
export function ComposerHead({ mode, subject, saveState, expanded, onExpand, onClose }: ComposerHeadProps) {
  return (
    <header className="composer-head">
      <h2 className="composer-title">{mode === "new" && subject.trim() !== "" ? subject : TITLES[mode]}</h2>
      <span className="composer-saved" role="status" data-failed={saveState === "failed" || undefined}>
        {SAVE_WORDS[saveState]}
      </span>
      <IconButton
        size="small"
        label={expanded ? "Make smaller" : "Make larger"}
        icon={expanded ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
        onPress={onExpand}
      />
      <IconButton
        size="small"
        label="Save and close"
        keys="Esc"
        icon={<X size={16} aria-hidden />}
        onPress={onClose}
      />
    </header>
  );
}
