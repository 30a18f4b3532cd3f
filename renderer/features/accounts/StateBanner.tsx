import { CloudOff } from "lucide-react";
import type { SyncStatus } from "../../../shared/model/account.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { TROUBLES, waitingText } from "./words.ts";

export interface StateBannerProps {
  readonly status: SyncStatus | null;
  readonly address: string;
  readonly onSignIn: () => void;
  readonly onRetry: () => void;
}

/** Says that the app is offline, or what troubles an account, and what to do. Nothing while all is well. */
export function StateBanner({ status, address, onSignIn, onRetry }: StateBannerProps) {
  if (status?.state === "trouble" && status.trouble !== null) {
    const { title, advice, action } = TROUBLES[status.trouble.kind];
    return (
      <Banner
        kind={status.trouble.kind === "server" || status.trouble.kind === "protocol" ? "warning" : "danger"}
        actions={
          action === "sign-in" ? (
            <Button size="small" onPress={onSignIn}>
              Sign in
            </Button>
          ) : action === "retry" ? (
            <Button size="small" onPress={onRetry}>
              Try now
            </Button>
          ) : undefined
        }
      >
        <strong>{title}</strong> ({address}).{" "}
        {status.trouble.message === "" ? "" : `${status.trouble.message} `}
        {advice}
      </Banner>
    );
  }
  if (status?.state !== "offline") return null;
  const waiting = waitingText(status.outbox, status.pendingActions);
  return (
    <Banner
      icon={<CloudOff size={16} aria-hidden />}
      actions={
        <Button size="small" variant="quiet" onPress={onRetry}>
          Try now
        </Button>
      }
    >
      <strong>Offline.</strong> Mail stored here can be read and answered.{" "}
      {waiting === "" ? "New mail comes when the server can be reached." : `${waiting} for the server.`}
    </Banner>
  );
}
