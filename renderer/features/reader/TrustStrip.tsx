import { CircleEllipsis, EyeOff, Globe, ImageOff, Info, Reply } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "../../ui/Button.tsx";
import "../../ui/menu.css";

/** One thing the app has to say about a message. */
export interface TrustItem {
  readonly id: "external" | "reply-to" | "pictures" | "trackers" | "shortened" | "note";
  /** Two or three words. */
  readonly label: string;
  /** What it means, and what the person can do, in plain words. */
  readonly explanation: string;
  readonly action?: { readonly label: string; readonly pending: boolean; readonly onPress: () => void };
}

const ICON = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;
const ICONS: Readonly<Record<TrustItem["id"], ReactNode>> = {
  external: <Globe {...ICON} />,
  "reply-to": <Reply {...ICON} />,
  pictures: <ImageOff {...ICON} />,
  trackers: <EyeOff {...ICON} />,
  shortened: <CircleEllipsis {...ICON} />,
  note: <Info {...ICON} />,
};

/** The quiet line under the subject that carries everything about trust. */
export function TrustStrip({ items }: { items: readonly TrustItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul className="trust-strip" aria-label="About this message">
      {items.map((item) => (
        <li key={item.id} className={`trust-item trust-${item.id}`}>
          <DialogTrigger>
            <AriaButton className="trust-mark">
              {ICONS[item.id]}
              {item.label}
            </AriaButton>
            <Popover className="popover trust-popover" placement="bottom start" offset={4}>
              <Dialog className="trust-explanation" aria-label={item.label}>
                <p>{item.explanation}</p>
              </Dialog>
            </Popover>
          </DialogTrigger>
          {item.action === undefined ? null : (
            <Button
              variant="quiet"
              size="small"
              isPending={item.action.pending}
              onPress={item.action.onPress}
            >
              {item.action.label}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
