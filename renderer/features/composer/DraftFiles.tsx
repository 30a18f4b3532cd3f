import { Paperclip, X } from "lucide-react";
import { shortName, sizeWords } from "../../../shared/base/file-words.ts";
import type { Draft } from "../../../shared/model/mail.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Spinner } from "../../ui/Spinner.tsx";

interface DraftFilesProps {
  readonly files: Draft["attachments"];
  readonly incoming: readonly { readonly key: number; readonly name: string }[];
  readonly onRemove: (id: number) => void;
}

/** The files that go along. */
export function DraftFiles({ files, incoming, onRemove }: DraftFilesProps) {
  if (files.length === 0 && incoming.length === 0) return null;
  return (
    <ul className="draft-files" aria-label="Attachments">
      {files.map((file) => (
        <li key={file.id} className="draft-file">
          <Paperclip size={14} strokeWidth={1.75} aria-hidden />
          <span title={file.name}>{shortName(file.name, 32)}</span>
          <span className="draft-file-size">{sizeWords(file.size)}</span>
          <IconButton
            size="small"
            label={`Remove ${file.name}`}
            icon={<X size={13} aria-hidden />}
            onPress={() => onRemove(file.id)}
          />
        </li>
      ))}
      {incoming.map((file) => (
        <li key={file.key} className="draft-file">
          <Spinner size={14} />
          <span>{shortName(file.name, 32)}</span>
        </li>
      ))}
    </ul>
  );
}
