import { Inbox } from "lucide-react";
import { Suspense, useEffect, useMemo, useState } from "react";
import type { Account, SyncStatus } from "../../shared/model/account.ts";
import type { AccountId, DraftId, MessageId } from "../../shared/model/ids.ts";
import type { ComposeMode, FolderNode } from "../../shared/model/mail.ts";
import type { MailtoFields } from "../content/index.ts";
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
import { folderName, nameOnServer } from "../state/folder-names.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { useToast } from "../ui/Toast.tsx";
import type { OpenDialog } from "./AppDialogs.tsx";
import type { AppInfo } from "./app-info.ts";
import { ComposePanel } from "./ComposePanel.tsx";
import { useCommandBus, useCommands } from "./commands.tsx";
import { FolderView } from "./FolderView.tsx";
import { AppDialogs, CommandPalette, preloadParts } from "./lazy.ts";
import { mailtoContent } from "./mailto-content.ts";
import { usePreferences } from "./preferences.tsx";
import { Rail } from "./Rail.tsx";
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
  const [paletteOpen, setPaletteOpen] = useState(false);
  const bus = useCommandBus();

  const inbox = folders.find((folder) => folder.role === "inbox") ?? folders[0];
  const known = wanted?.kind !== "folder" || folders.some((folder) => folder.id === wanted.folderId);
  const place: Place | null =
    wanted !== null && known ? wanted : inbox === undefined ? null : { kind: "folder", folderId: inbox.id };
  const folder =
    place?.kind === "folder" ? folders.find((candidate) => candidate.id === place.folderId) : undefined;
  const ownDrafts =
    folder?.role === "drafts" ? drafts.filter(({ accountId }) => accountId === folder.accountId) : [];
  const status = leadingStatus(statuses);
  const account = accounts.find((candidate) => candidate.id === status?.accountId) ?? accounts[0];

  useEffect(() => {
    document.title = folder === undefined ? "Bulkhead Mail" : `${folderName(folder)} - Bulkhead Mail`;
  }, [folder]);
  useEffect(preloadParts, []);

  const compose = async (mode: ComposeMode, sourceId: MessageId | null) => {
    const accountId: AccountId | null = folder?.accountId ?? null;
    const result = await engine.compose.start({ accountId, mode, sourceId });
    if (result.ok) setDraftId(result.value.id);
    else toast({ message: result.error.message });
  };
  const write = async (fields: MailtoFields) => {
    const started = await engine.compose.start({
      accountId: folder?.accountId ?? null,
      mode: "new",
      sourceId: null,
    });
    if (!started.ok) {
      toast({ message: started.error.message });
      return;
    }
    const { id: draftId, bcc } = started.value;
    const saved = await engine.compose.save({ draftId, content: { ...mailtoContent(fields), bcc } });
    if (!saved.ok) toast({ message: saved.error.message });
    setDraftId(draftId);
  };
  const sync = () => void engine.accounts.syncNow({ accountId: null });
  const toggleFolders = () => change({ foldersShown: !values.foldersShown }, true);
  const run = (id: CommandId) => {
    if (id === "toggle-folders") toggleFolders();
    else if (id === "keys" || id === "settings") setDialog(id);
  };
  useCommands({
    compose: () => void compose("new", null),
    undo: actions.undo,
    sync,
    "toggle-folders": toggleFolders,
    settings: () => setDialog("settings"),
    keys: () => setDialog("keys"),
    palette: () => setPaletteOpen(true),
  });

  return (
    <div className="shell">
      <Rail mac={mac} foldersShown={values.foldersShown} run={run} />
      {values.foldersShown ? (
        <div className="pane-folders" style={{ width: values.folderWidth }}>
          <FolderPane
            accounts={accounts}
            folders={knownFolders}
            drafts={drafts}
            outbox={outbox}
            place={place}
            onPlace={setPlace}
            onCompose={() => void compose("new", null)}
            foot={
              <StatusLine
                status={named(status, folders)}
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
              above={
                ownDrafts.length === 0 ? null : (
                  <DraftsView drafts={ownDrafts} words={words} now={now} onOpen={setDraftId} above />
                )
              }
              onMailto={(fields) => void write(fields)}
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
      <Suspense>
        {dialog === null ? null : (
          <AppDialogs open={dialog} onOpen={setDialog} accounts={accounts} info={info} />
        )}
        {paletteOpen ? (
          <CommandPalette
            mac={mac}
            folders={folders}
            can={bus.can}
            onRun={(id) => {
              setPaletteOpen(false);
              afterDialog(() => bus.run(id));
            }}
            onFolder={({ id }) => {
              setPaletteOpen(false);
              setPlace({ kind: "folder", folderId: id });
            }}
            onClose={() => setPaletteOpen(false)}
          />
        ) : null}
      </Suspense>
    </div>
  );
}

/** A closing dialog gives the focus back first: what a command does with it must come after that. */
function afterDialog(run: () => void): void {
  setTimeout(() => requestAnimationFrame(run), 0);
}

/** The status with the folder's name as it stands in the pane. */
function named(status: SyncStatus | null, folders: readonly FolderNode[]): SyncStatus | null {
  if (status?.progress == null) return status;
  const own = folders.filter(({ accountId }) => accountId === status.accountId);
  return { ...status, progress: { ...status.progress, folder: nameOnServer(status.progress.folder, own) } };
}
