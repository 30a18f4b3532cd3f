import { ChevronRight, PenLine } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Collection, Tree, TreeItem, TreeItemContent } from "react-aria-components";
import type { Account } from "../../../shared/model/account.ts";
import type { AccountId, FolderId } from "../../../shared/model/ids.ts";
import type { FolderNode, FolderRole } from "../../../shared/model/mail.ts";
import { folderName } from "../../state/folder-names.ts";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { FolderIcon } from "./folder-icons.tsx";
import { type FolderBranch, folderTree } from "./folder-tree.ts";
import "./folders.css";

/** What the list shows: a folder of an account, or what is only here. */
export type Place =
  | { readonly kind: "folder"; readonly folderId: FolderId }
  | { readonly kind: "drafts" }
  | { readonly kind: "outbox" };

interface OfAccount {
  readonly accountId: AccountId;
}

export interface FolderPaneProps {
  readonly accounts: readonly Account[];
  /** Null until the engine named them. */
  readonly folders: readonly FolderNode[] | null;
  /** What is written and not sent, and what waits to be sent, of all accounts. */
  readonly drafts: readonly OfAccount[];
  readonly outbox: readonly OfAccount[];
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
  readonly onCompose: () => void;
  /** The line about sync, at the foot. */
  readonly foot: ReactNode;
}

/** The key of a place in the tree. */
export function placeKey(place: Place): string {
  return place.kind === "folder" ? `folder:${place.folderId}` : place.kind;
}

function Row(props: { icon: ReactNode; name: string; count: number; quiet?: boolean; expandable: boolean }) {
  return (
    <TreeItemContent>
      {({ isExpanded }) => (
        <div className="folder">
          {props.expandable ? (
            <AriaButton
              slot="chevron"
              className={classNames("folder-chevron", isExpanded && "folder-chevron-open")}
            >
              <ChevronRight size={14} aria-hidden />
            </AriaButton>
          ) : (
            <span className="folder-chevron" />
          )}
          {props.icon}
          <span className="folder-name">{props.name}</span>
          {props.count > 0 ? (
            <span className={classNames("folder-count", props.quiet === true && "folder-count-quiet")}>
              {props.count.toLocaleString()}
            </span>
          ) : null}
        </div>
      )}
    </TreeItemContent>
  );
}

function Branch({ branch, drafts }: { branch: FolderBranch; drafts: number }) {
  const { folder, children } = branch;
  const name = folderName(folder);
  // Mail that was thrown away does not ask to be read.
  const unread = folder.role === "trash" || folder.role === "drafts" ? 0 : folder.unread;
  const waiting = folder.role === "drafts" ? drafts : 0;
  const label =
    unread > 0
      ? `${name}, ${unread.toLocaleString()} unread`
      : waiting > 0
        ? `${name}, ${waiting.toLocaleString()} not sent`
        : name;
  return (
    <TreeItem
      id={placeKey({ kind: "folder", folderId: folder.id })}
      textValue={name}
      aria-label={label}
      className={classNames("folder-item", unread > 0 && "folder-item-unread")}
    >
      <Row
        icon={<FolderIcon kind={folder.role} />}
        name={name}
        count={unread + waiting}
        quiet={unread === 0}
        expandable={children.length > 0}
      />
      <Collection items={children.map((child) => ({ id: child.folder.id, child }))}>
        {({ child }) => <Branch branch={child} drafts={drafts} />}
      </Collection>
    </TreeItem>
  );
}

function Section(props: {
  label: string;
  place: Place | null;
  places: ReadonlyMap<string, Place>;
  onPlace: (place: Place) => void;
  children: ReactNode;
}) {
  const key = props.place === null ? null : placeKey(props.place);
  // What a person closed, not what is open: folders that come later are open like the others.
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  return (
    <section className="folder-section">
      <h2 className="folder-section-title">{props.label}</h2>
      <Tree
        aria-label={props.label}
        className="folder-tree"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        expandedKeys={[...props.places.keys()].filter((key) => !closed.has(key))}
        onExpandedChange={(keys) =>
          setClosed(new Set([...props.places.keys()].filter((key) => !keys.has(key))))
        }
        selectedKeys={key !== null && props.places.has(key) ? [key] : []}
        onSelectionChange={(keys) => {
          const [chosen] = keys === "all" ? [] : keys;
          const place = props.places.get(String(chosen));
          if (place !== undefined) props.onPlace(place);
        }}
      >
        {props.children}
      </Tree>
    </section>
  );
}

/** The standard folders that come first in the tree; what waits to be sent stands below them. */
const ABOVE_OUTBOX: ReadonlySet<FolderRole> = new Set(["inbox", "drafts", "sent"]);

const WAITING = [52, 60, 84, 96, 72, 78, 64];

function WaitingRow({ width }: { width: number }) {
  return (
    <div className="folder-waiting" aria-hidden>
      <Skeleton width={16} height={14} />
      <Skeleton width={width} />
    </div>
  );
}

/** A row for what the server has no folder for. */
function LocalRow({ kind, count }: { kind: "drafts" | "outbox"; count: number }) {
  const name = kind === "drafts" ? "Drafts" : "Outbox";
  return (
    <TreeItem
      id={kind}
      textValue={name}
      aria-label={count > 0 ? `${name}, ${count.toLocaleString()} not sent` : name}
      className="folder-item"
    >
      <Row icon={<FolderIcon kind={kind} />} name={name} count={count} quiet expandable={false} />
    </TreeItem>
  );
}

export function FolderPane(props: FolderPaneProps) {
  const { accounts, place } = props;
  const folders = props.folders ?? [];
  return (
    <nav className="folder-pane" aria-label="Folders">
      <div className="folder-pane-top">
        <Button variant="primary" icon={<PenLine size={16} aria-hidden />} onPress={props.onCompose}>
          New message
        </Button>
      </div>
      <div className="folder-pane-trees">
        {props.folders === null ? WAITING.map((width) => <WaitingRow key={width} width={width} />) : null}
        {(props.folders === null ? [] : accounts).map((account, at) => {
          const own = folders.filter((folder) => folder.accountId === account.id);
          const drafts = props.drafts.filter(({ accountId }) => accountId === account.id).length;
          const outbox = props.outbox.filter(({ accountId }) => accountId === account.id).length;
          const ownDrafts = !own.some((folder) => folder.role === "drafts") && drafts > 0;
          // Only while something waits, or while a person looks at it becoming empty.
          const ownOutbox = outbox > 0 || (place?.kind === "outbox" && at === 0);
          const places = new Map<string, Place>(
            own.map((folder) => [`folder:${folder.id}`, { kind: "folder", folderId: folder.id }]),
          );
          if (ownDrafts) places.set("drafts", { kind: "drafts" });
          if (ownOutbox) places.set("outbox", { kind: "outbox" });
          const tree = folderTree(folders, account.id);
          const above = tree.filter(({ folder }) => ABOVE_OUTBOX.has(folder.role)).length;
          const row = (branch: FolderBranch) => (
            <Branch key={branch.folder.id} branch={branch} drafts={drafts} />
          );
          return (
            <Section key={account.id} label={account.address} places={places} {...pick(props)}>
              {tree.slice(0, above).map(row)}
              {ownDrafts ? <LocalRow kind="drafts" count={drafts} /> : null}
              {ownOutbox ? <LocalRow kind="outbox" count={outbox} /> : null}
              {tree.slice(above).map(row)}
            </Section>
          );
        })}
      </div>
      {props.foot}
    </nav>
  );
}

function pick({ place, onPlace }: FolderPaneProps) {
  return { place, onPlace };
}
