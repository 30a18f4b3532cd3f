import { Flag, FolderInput, Forward, Mail, Reply, ReplyAll, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { COMMANDS, keysOf } from "../state/commands.ts";
import type { MessageAction } from "../state/message-actions.ts";
import { ContextMenu } from "../ui/Menu.tsx";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The actions in the order of the menu, each a command of the table. */
const ACTIONS: readonly { readonly id: MessageAction; readonly icon: ReactNode }[] = [
  { id: "reply", icon: <Reply {...ICON} /> },
  { id: "reply-all", icon: <ReplyAll {...ICON} /> },
  { id: "forward", icon: <Forward {...ICON} /> },
  { id: "toggle-read", icon: <Mail {...ICON} /> },
  { id: "toggle-flag", icon: <Flag {...ICON} /> },
  { id: "move", icon: <FolderInput {...ICON} /> },
  { id: "remove", icon: <Trash2 {...ICON} /> },
];

export interface MessageMenuProps {
  readonly at: { readonly x: number; readonly y: number };
  readonly mac: boolean;
  readonly onAction: (action: MessageAction) => void;
  readonly onClose: () => void;
}

/** What a right click on messages offers. */
export function MessageMenu({ at, mac, onAction, onClose }: MessageMenuProps) {
  return (
    <ContextMenu
      label="Messages"
      at={at}
      items={ACTIONS.map(({ id, icon }) => ({
        id,
        icon,
        label: COMMANDS.find((command) => command.id === id)?.title ?? id,
        keys: keysOf(id, mac),
        danger: id === "remove",
      }))}
      onAction={(id) => {
        const action = ACTIONS.find((known) => known.id === id);
        if (action !== undefined) onAction(action.id);
      }}
      onClose={onClose}
    />
  );
}
