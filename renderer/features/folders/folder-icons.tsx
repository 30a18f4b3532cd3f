import {
  FileText,
  Folder,
  Inbox,
  type LucideIcon,
  OctagonAlert,
  Send,
  SendHorizontal,
  Trash2,
} from "lucide-react";
import type { FolderRole } from "../../../shared/model/mail.ts";

const ICONS: Readonly<Record<FolderRole, LucideIcon>> = {
  inbox: Inbox,
  drafts: FileText,
  sent: Send,
  outbox: SendHorizontal,
  trash: Trash2,
  junk: OctagonAlert,
  user: Folder,
};

export function FolderIcon({ kind }: { kind: FolderRole }) {
  const Icon = ICONS[kind];
  return <Icon size={16} strokeWidth={1.75} aria-hidden />;
}
