import { Inbox } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Account } from "../../shared/model/account.ts";
import type { AccountId, DraftId, MessageId } from "../../shared/model/ids.ts";
import type { ComposeMode, FolderNode } from "../../shared/model/mail.ts";
import { SignInDialog } from "../features/accounts/SignInDialog.tsx";
import { StateBanner } from "../features/accounts/StateBanner.tsx";
import { StatusLine } from "../features/accounts/StatusLine.tsx";
import { leadingStatus } from "../features/accounts/words.ts";
import { OutboxView } from "../features/composer/OutboxView.tsx";
import { DraftsView } from "../features/drafts/DraftsView.tsx";
import { FolderPane, type Place, placeKey } from "../features/folders/FolderPane.tsx";
import { MoveDialog } from "../features/folders/MoveDialog.tsx";
import { type CommandId, keysOf } from "../state/commands.ts";
import { useAppState, useLive } from "../state/context.tsx";
import { createDateWords } from "../state/dates.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { useToast } from "../ui/Toast.tsx";
import { AppDialogs, type OpenDialog } from "./AppDialogs.tsx";
import type { AppInfo } from "./app-info.ts";
import { ComposePanel } from "./ComposePanel.tsx";
import { FolderView } from "./FolderView.tsx";
import { usePreferences } from "./preferences.tsx";
import { Rail } from "./Rail.tsx";
import { useCommands } from "./use-commands.ts";
import { useMailActions } from "./use-mail-actions.ts";
import { useNow } from "./use-now.ts";
import { WaitingView } from "./WaitingView.tsx";

interface Moving {
  readonly ids: readonly MessageId[];
  readonly from: FolderNode;
  readonly done: () => void;
}

export function MailScreen({ accounts, info }: { accounts: readonly Account[]; info: AppInfo }) {
  const state = useAppState();
  const { engine } = state.bridge;
  const knownFolders = useLive(state.folders).value ?? null;
  const folders = knownFolders ?? [];
  const statuses = useLive(state.status).value ?? [];
  const drafts = useLive(state.drafts).value ?? [];
  const outbox = useLive(state.outbox).value ?? [];
  const { values, change } = usePreferences();
  const toast = useToast();
  const actions = useMailActions();
  const now = useNow();
  const words = useMemo(() => createDateWords(navigator.language), []);
  const mac = info.platform === "darwin";
  const [wanted, setPlace] = useState<Place | null>(null);
  const [draftId, setDraftId] = useState<DraftId | null>(null);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [signingIn, setSigningIn] = useState(false);

  const inbox = folders.find((folder) => folder.role === "inbox") ?? folders[0];
  const known = wanted?.kind !== "folder" || folders.some((folder) => folder.id === wanted.folderId);
  const place: Place | null =
    wanted !== null && known ? wanted : inbox === undefined ? null : { kind: "folder", folderId: inbox.id };
  const folder =
    place?.kind === "folder" ? folders.find((candidate) => candidate.id === place.folderId) : undefined;
  const status = leadingStatus(statuses);
  const account = accounts.find((candidate) => candidate.id === status?.accountId) ?? accounts[0];

  useEffect(() => {
    document.title = folder === undefined ? "Bulkhead Mail" : `${folder.name} - Bulkhead Mail`;
  }, [folder]);

  const compose = async (mode: ComposeMode, sourceId: MessageId | null) => {
    const accountId: AccountId | null = folder?.accountId ?? null;
    const result = await engine.compose.start({ accountId, mode, sourceId });
    if (result.ok) setDraftId(result.value.id);
    else toast({ message: result.error.message });
  };
  const sync = () => void engine.accounts.syncNow({ accountId: null });
  const toggleFolders = () => change({ foldersShown: !values.foldersShown }, true);
  const run = (id: CommandId) => {
    if (id === "toggle-folders") toggleFolders();
    else if (id === "keys" || id === "settings") setDialog(id);
  };
  useCommands(
    {
      compose: () => void compose("new", null),
      undo: actions.undo,
      sync,
      "toggle-folders": toggleFolders,
      settings: () => setDialog("settings"),
      keys: () => setDialog("keys"),
    },
    mac,
  );

  return (
    <div className="shell">
      <Rail mac={mac} foldersShown={values.foldersShown} run={run} />
      {values.foldersShown ? (
        <div className="pane-folders" style={{ width: values.folderWidth }}>
          <FolderPane
            accounts={accounts}
            folders={knownFolders}
            drafts={drafts.length}
            outbox={outbox.length}
            place={place}
            onPlace={setPlace}
            onCompose={() => void compose("new", null)}
            foot={
              <StatusLine
                status={status}
                clock={(time) => words.row(time, now)}
                onSync={sync}
                syncKeys={keysOf("sync", mac)}
              />
            }
          />
        </div>
      ) : null}
      <main className="main-area">
        {values.foldersShown ? (
          <Splitter
            label="Width of the folders"
            width={values.folderWidth}
            min={180}
            max={400}
            onResize={(folderWidth) => change({ folderWidth }, false)}
            onDone={() => change({ folderWidth: values.folderWidth }, true)}
          />
        ) : null}
        <StateBanner
          status={status}
          address={account?.address ?? ""}
          onSignIn={() => setSigningIn(true)}
          onRetry={sync}
        />
        <div className="main-panes">
          {place?.kind === "drafts" ? (
            <div className="pane-wide">
              <DraftsView drafts={drafts} words={words} now={now} onOpen={setDraftId} />
            </div>
          ) : place?.kind === "outbox" ? (
            <div className="pane-wide">
              <OutboxView onEdit={setDraftId} />
            </div>
          ) : knownFolders === null ? (
            <WaitingView />
          ) : folder === undefined ? (
            <div className="pane-wide">
              <EmptyState icon={<Inbox size={32} strokeWidth={1.5} />} title="Getting your folders">
                They appear here as soon as the server has named them.
              </EmptyState>
            </div>
          ) : (
            <FolderView
              key={place === null ? "none" : placeKey(place)}
              folder={folder}
              words={words}
              now={now}
              mac={mac}
              actions={actions}
              onCompose={(mode, sourceId) => void compose(mode, sourceId)}
              onMove={(ids, from, done) => setMoving({ ids, from, done })}
            />
          )}
        </div>
      </main>
      {draftId === null ? null : <ComposePanel key={draftId} draftId={draftId} onDraft={setDraftId} />}
      {moving === null ? null : (
        <MoveDialog
          count={moving.ids.length}
          accountId={moving.from.accountId}
          folders={folders}
          from={moving.from.id}
          onClose={() => setMoving(null)}
          onMove={(target) => {
            actions.move(moving.ids, target);
            moving.done();
            setMoving(null);
          }}
        />
      )}
      {signingIn && account !== undefined ? (
        <SignInDialog account={account} onClose={() => setSigningIn(false)} />
      ) : null}
      <AppDialogs open={dialog} onOpen={setDialog} accounts={accounts} info={info} />
    </div>
  );
}
