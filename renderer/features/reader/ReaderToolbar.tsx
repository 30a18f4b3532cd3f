import { Flag, FolderInput, Forward, Mail, MailOpen, Reply, ReplyAll, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Toolbar } from "react-aria-components";
import type { MessageRow } from "../../../shared/model/mail.ts";
import { keysOf } from "../../state/commands.ts";
import type { MessageAction } from "../../state/message-actions.ts";
import { IconButton } from "../../ui/IconButton.tsx";

interface ReaderToolbarProps {
  readonly row: MessageRow;
  readonly mac: boolean;
  readonly onAction: (action: MessageAction) => void;
}

const ICON = { size: 17, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What can be done with the open message, with the keys that do the same. */
export function ReaderToolbar({ row, mac, onAction }: ReaderToolbarProps) {
  const button = (action: MessageAction, label: string, icon: ReactNode) => (
    <IconButton label={label} icon={icon} keys={keysOf(action, mac)} onPress={() => onAction(action)} />
  );
  return (
    <Toolbar className="reader-toolbar" aria-label="Message">
      {button("reply", "Reply", <Reply {...ICON} />)}
      {button("reply-all", "Reply all", <ReplyAll {...ICON} />)}
      {button("forward", "Forward", <Forward {...ICON} />)}
      <span className="reader-toolbar-gap" />
      {button(
        "toggle-flag",
        row.flagged ? "Clear flag" : "Flag",
        <Flag
          {...ICON}
          className={row.flagged ? "reader-flagged" : ""}
          fill={row.flagged ? "currentColor" : "none"}
        />,
      )}
      {button(
        "toggle-read",
        row.unread ? "Mark read" : "Mark unread",
        row.unread ? <MailOpen {...ICON} /> : <Mail {...ICON} />,
      )}
      {button("move", "Move to folder", <FolderInput {...ICON} />)}
      {button("remove", "Delete", <Trash2 {...ICON} />)}
    </Toolbar>
  );
}
