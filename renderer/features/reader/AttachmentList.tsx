import {
  CalendarDays,
  Download,
  File,
  FileArchive,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  Mail,
  Presentation,
} from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, ProgressBar } from "react-aria-components";
import { shortName, sizeWords } from "../../../shared/base/file-words.ts";
import type { Attachment } from "../../../shared/model/mail.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { type FileKind, fileKind } from "./attachment-words.ts";
import { useAttachments } from "./use-attachments.ts";

const ICON = { size: 18, strokeWidth: 1.5, "aria-hidden": true } as const;
const ICONS: Readonly<Record<FileKind, ReactNode>> = {
  picture: <FileImage {...ICON} />,
  document: <FileText {...ICON} />,
  sheet: <FileSpreadsheet {...ICON} />,
  slides: <Presentation {...ICON} />,
  archive: <FileArchive {...ICON} />,
  audio: <FileAudio {...ICON} />,
  video: <FileVideo {...ICON} />,
  calendar: <CalendarDays {...ICON} />,
  mail: <Mail {...ICON} />,
  other: <File {...ICON} />,
};

/** The files that came with a message: open with a press, or save. */
export function AttachmentList({ attachments }: { attachments: readonly Attachment[] }) {
  const { progress, failures, open, save } = useAttachments();
  if (attachments.length === 0) return null;
  const total = attachments.reduce((sum, attachment) => sum + attachment.size, 0);
  return (
    <section className="attachments" aria-label="Attachments">
      {attachments.length < 2 ? null : (
        <h2 className="attachments-title">
          {attachments.length} attachments, {sizeWords(total)}
        </h2>
      )}
      <ul className="attachments-list">
        {attachments.map((attachment) => {
          const share = progress.get(attachment.id);
          const failure = failures.get(attachment.id);
          const name = attachment.name || "Attachment without a name";
          return (
            <li key={attachment.id} className="attachment">
              <AriaButton className="attachment-open" onPress={() => open(attachment)}>
                <span className={`attachment-icon attachment-${fileKind(name, attachment.type)}`}>
                  {ICONS[fileKind(name, attachment.type)]}
                </span>
                <span className="visually-hidden">Open </span>
                <span className="attachment-words">
                  <span className="attachment-name" title={name}>
                    {shortName(name, 36)}
                  </span>
                  <span className="attachment-size" role={failure === undefined ? undefined : "alert"}>
                    {failure ?? sizeWords(attachment.size)}
                  </span>
                </span>
              </AriaButton>
              <IconButton
                label={`Save ${name}`}
                size="small"
                icon={<Download size={15} strokeWidth={1.75} aria-hidden />}
                onPress={() => save(attachment)}
              />
              {share === undefined ? null : (
                <ProgressBar aria-label={`Loading ${name}`} value={share} className="attachment-progress">
                  <span style={{ width: `${share}%` }} />
                </ProgressBar>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
