import { Clock, Paperclip, SendHorizontal, Trash2 } from "lucide-react";
import { FileTrigger, TooltipTrigger } from "react-aria-components";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Tooltip } from "../../ui/Tooltip.tsx";
import type { WritingEditor } from "./Editor.tsx";
import { EditorToolbar } from "./EditorToolbar.tsx";

interface ComposerFootProps {
  readonly mac: boolean;
  readonly offline: boolean;
  readonly sending: boolean;
  readonly editor: WritingEditor | null;
  readonly onSend: () => void;
  readonly onAttach: (files: File[]) => void;
  readonly onDiscard: () => void;
}

/** The line of what can be done: send says what will happen. */
export function ComposerFoot(props: ComposerFootProps) {
  const { mac, offline, editor } = props;
  return (
    <footer className="composer-foot">
      <TooltipTrigger delay={500} closeDelay={0}>
        <Button
          variant="primary"
          icon={offline ? <Clock size={16} aria-hidden /> : <SendHorizontal size={16} aria-hidden />}
          isPending={props.sending}
          onPress={props.onSend}
        >
          {offline ? "Queue until online" : "Send"}
        </Button>
        <Tooltip keys={mac ? "⌘+Enter" : "Ctrl+Enter"}>{offline ? "Goes out when online" : "Send"}</Tooltip>
      </TooltipTrigger>
      {editor === null ? null : <EditorToolbar editor={editor} mac={mac} />}
      <span className="composer-ends">
        <FileTrigger allowsMultiple onSelect={(list) => list !== null && props.onAttach([...list])}>
          <IconButton
            size="small"
            label="Attach files"
            icon={<Paperclip size={16} strokeWidth={1.75} aria-hidden />}
          />
        </FileTrigger>
        <IconButton
          size="small"
          label="Discard draft"
          icon={<Trash2 size={16} strokeWidth={1.75} aria-hidden />}
          onPress={props.onDiscard}
        />
      </span>
    </footer>
  );
}
