import { FileText } from "lucide-react";
import { GridList, GridListItem } from "react-aria-components";
import type { DraftId } from "../../../shared/model/ids.ts";
import type { Draft } from "../../../shared/model/mail.ts";
import type { DateWords } from "../../state/dates.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import "./drafts.css";

export interface DraftsViewProps {
  readonly drafts: readonly Draft[];
  readonly words: DateWords;
  readonly now: number;
  readonly onOpen: (id: DraftId) => void;
  /** Above a list, as a part of it; else alone, as a page. */
  readonly above?: boolean;
}

export function DraftsView({ drafts, words, now, onOpen, above = false }: DraftsViewProps) {
  return (
    <section className={above ? "drafts-above" : "drafts"} aria-labelledby="drafts-title">
      {above ? (
        <h2 id="drafts-title" className="drafts-heading">
          Not sent, on this computer
        </h2>
      ) : (
        <h1 id="drafts-title" className="drafts-title">
          Drafts
        </h1>
      )}
      <GridList
        className="drafts-list"
        aria-label="Drafts on this computer"
        items={drafts}
        onAction={(key) => {
          const draft = drafts.find(({ id }) => id === key);
          if (draft !== undefined) onOpen(draft.id);
        }}
        renderEmptyState={() => (
          <EmptyState icon={<FileText size={32} strokeWidth={1.5} />} title="No drafts">
            What you begin to write is kept here until it is sent.
          </EmptyState>
        )}
      >
        {(draft) => (
          <GridListItem className="draft" textValue={draft.subject}>
            <div className="draft-line">
              <span className="draft-to">
                {draft.to.map(({ name, email }) => name || email).join(", ") || "No recipients"}
              </span>
              <time className="draft-time">{words.row(draft.savedAt, now)}</time>
            </div>
            <div className="draft-subject">{draft.subject || "(No subject)"}</div>
          </GridListItem>
        )}
      </GridList>
    </section>
  );
}
