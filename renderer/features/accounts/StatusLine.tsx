import { CircleAlert, CircleCheck, CloudOff, RefreshCw } from "lucide-react";
import { ProgressBar } from "react-aria-components";
import type { SyncStatus } from "../../../shared/model/account.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import "./status-line.css";
import { statusText } from "./words.ts";

export interface StatusLineProps {
  readonly status: SyncStatus | null;
  readonly clock: (time: number) => string;
  readonly onSync: () => void;
  readonly syncKeys: string;
}

function StateIcon({ state }: { state: SyncStatus["state"] }) {
  if (state === "idle") return <CircleCheck size={14} aria-hidden />;
  if (state === "offline") return <CloudOff size={14} aria-hidden />;
  if (state === "trouble") return <CircleAlert size={14} className="status-trouble" aria-hidden />;
  return <Spinner size={14} />;
}

/** What the sync is doing, with a thin line of progress above it. */
export function StatusLine({ status, clock, onSync, syncKeys }: StatusLineProps) {
  if (status === null) return <div className="status-line" />;
  const { progress } = status;
  return (
    <div className="status-line">
      {status.state === "syncing" && progress !== null && progress.total !== null && progress.total > 0 ? (
        <ProgressBar
          className="status-progress"
          aria-label={`Syncing ${progress.folder}`}
          value={progress.done}
          maxValue={progress.total}
        >
          {({ percentage = 0 }) => (
            <div className="status-progress-fill" style={{ width: `${percentage}%` }} />
          )}
        </ProgressBar>
      ) : null}
      <StateIcon state={status.state} />
      <span className="status-text" title={statusText(status, clock)}>
        {statusText(status, clock)}
      </span>
      {status.state === "syncing" ? null : (
        <IconButton
          label="Check for mail"
          keys={syncKeys}
          size="small"
          icon={<RefreshCw size={14} aria-hidden />}
          onPress={onSync}
        />
      )}
    </div>
  );
}
