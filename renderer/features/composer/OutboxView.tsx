import { CircleAlert, Clock, RotateCw, SendHorizontal, SquarePen, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { DraftId } from "../../../shared/model/ids.ts";
import type { OutboxItem } from "../../../shared/model/mail.ts";
import { useAppState, useLive } from "../../state/context.tsx";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { DiscardDialog } from "./DiscardDialog.tsx";
import "./outbox.css";
import { outboxWords } from "./outbox-words.ts";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
const MARKS: Readonly<Record<OutboxItem["state"], ReactNode>> = {
  queued: <Clock {...ICON} />,
  sending: <Spinner size={16} />,
  failed: <CircleAlert {...ICON} />,
};

/** What waits to go out, why, and what can be done about it. */
export function OutboxView({ onEdit }: { onEdit: (draftId: DraftId) => void }) {
  const { bridge, outbox } = useAppState();
  const { compose } = bridge.engine;
  const { value: items, error } = useLive(outbox);
  const [failures, setFailures] = useState<ReadonlyMap<DraftId, string>>(new Map());
  const [deleting, setDeleting] = useState<DraftId | null>(null);

  const report = (id: DraftId, message: string) => setFailures((old) => new Map(old).set(id, message));
  const edit = async (id: DraftId) => {
    const result = await compose.recall({ draftId: id });
    if (result.ok) onEdit(id);
    else report(id, result.error.code === "too-late" ? "It is being sent already." : result.error.message);
  };
  const retry = async (id: DraftId) => {
    const result = await compose.retry({ draftId: id });
    if (!result.ok) report(id, result.error.message);
  };
  const remove = async (id: DraftId) => {
    setDeleting(null);
    const recalled = await compose.recall({ draftId: id });
    const result = recalled.ok ? await compose.discard({ draftId: id }) : recalled;
    if (!result.ok) report(id, result.error.message);
  };

  if (items === undefined || items.length === 0) {
    const failed = error !== null && items === undefined;
    return items === undefined && !failed ? null : (
      <EmptyState
        icon={<SendHorizontal size={32} strokeWidth={1.25} />}
        title={failed ? "The outbox could not be read" : "Nothing waits to be sent"}
      >
        {failed ? error.message : "Messages stay here until the server has taken them."}
      </EmptyState>
    );
  }
  return (
    <section className="outbox" aria-label="Outbox">
      <h1 className="outbox-title">Outbox</h1>
      <ul className="outbox-list">
        {items.map((item) => {
          const words = outboxWords(item);
          const name = item.subject.trim() || "(No subject)";
          return (
            <li key={item.id} className={`outbox-item outbox-${item.state}`}>
              <span className="outbox-mark">{MARKS[item.state]}</span>
              <div className="outbox-words">
                <span className="outbox-subject">{name}</span>
                <span className="outbox-to">{words.to}</span>
                <span className="outbox-reason" role={item.state === "failed" ? "alert" : undefined}>
                  {failures.get(item.id) ?? words.state}
                </span>
              </div>
              {item.state === "sending" ? null : (
                <div className="outbox-actions">
                  {item.state === "failed" ? (
                    <Button
                      size="small"
                      icon={<RotateCw size={14} aria-hidden />}
                      onPress={() => void retry(item.id)}
                    >
                      Try again
                    </Button>
                  ) : null}
                  <IconButton
                    size="small"
                    label={`Take back and edit ${name}`}
                    icon={<SquarePen {...ICON} />}
                    onPress={() => void edit(item.id)}
                  />
                  <IconButton
                    size="small"
                    label={`Delete ${name}`}
                    icon={<Trash2 {...ICON} />}
                    onPress={() => setDeleting(item.id)}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {deleting === null ? null : (
        <DiscardDialog onDiscard={() => void remove(deleting)} onClose={() => setDeleting(null)} />
      )}
    </section>
  );
}
