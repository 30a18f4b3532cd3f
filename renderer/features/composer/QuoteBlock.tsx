import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { cleanHtml } from "../../content/index.ts";
import { MessageFrame } from "../../message-frame/MessageFrame.tsx";
import { useDark } from "../../message-frame/use-dark.ts";
import { Button } from "../../ui/Button.tsx";

interface QuoteBlockProps {
  readonly html: string;
  readonly messageId: number;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** The original that goes along below the text. */
export function QuoteBlock({ html, messageId, onEdit, onRemove }: QuoteBlockProps) {
  const [open, setOpen] = useState(true);
  const dark = useDark();
  const body = useMemo(
    () => cleanHtml(html, { messageId, pictures: "off", dark, unfolded: true }),
    [html, messageId, dark],
  );
  return (
    <section className="quote" aria-label="Quoted message" data-open={open || undefined}>
      <div className="quote-head">
        <AriaButton className="quote-toggle" aria-expanded={open} onPress={() => setOpen(!open)}>
          <ChevronRight size={14} aria-hidden />
          Quoted message
        </AriaButton>
        <Button variant="quiet" size="small" onPress={onEdit}>
          Edit as text
        </Button>
        <Button variant="quiet" size="small" onPress={onRemove}>
          Leave out
        </Button>
      </div>
      {open ? (
        <div className="quote-frame">
          <MessageFrame body={body} dark={dark} inset={16} title="Quoted message" />
        </div>
      ) : null}
    </section>
  );
}
