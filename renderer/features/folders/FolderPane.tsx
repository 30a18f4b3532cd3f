import { ChevronRight, PenLine } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Collection, Tree, TreeItem, TreeItemContent } from "react-aria-components";
import type { Account } from "../../../shared/model/account.ts";
import type { FolderId } from "../../../shared/model/ids.ts";
import type { FolderNode } from "../../../shared/model/mail.ts";
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

export interface FolderPaneProps {
  readonly accounts: readonly Account[];
  /** Null until the engine named them. */
  readonly folders: readonly FolderNode[] | null;
  readonly drafts: number;
  readonly outbox: number;
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

function Branch({ branch }: { branch: FolderBranch }) {
  const { folder, children } = branch;
  const label = folder.unread > 0 ? `${folder.name}, ${folder.unread.toLocaleString()} unread` : folder.name;
  return (
    <TreeItem
      id={placeKey({ kind: "folder", folderId: folder.id })}
      textValue={folder.name}
      aria-label={label}
      className={classNames("folder-item", folder.unread > 0 && "folder-item-unread")}
    >
      <Row
        icon={<FolderIcon kind={folder.role} />}
        name={folder.name}
        count={folder.role === "trash" ? 0 : folder.unread}
        expandable={children.length > 0}
      />
      <Collection items={children.map((child) => ({ id: child.folder.id, child }))}>
        {({ child }) => <Branch branch={child} />}
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

const WAITING = [52, 60, 84, 96, 72, 78, 64];

function WaitingRow({ width }: { width: number }) {
  return (
    <div className="folder-waiting" aria-hidden>
      <Skeleton width={16} height={14} />
      <Skeleton width={width} />
    </div>
  );
}

export function FolderPane(props: FolderPaneProps) {
  const { accounts } = props;
  const folders = props.folders ?? [];
  const local = new Map<string, Place>([
    ["drafts", { kind: "drafts" }],
    ["outbox", { kind: "outbox" }],
  ]);
  return (
    <nav className="folder-pane" aria-label="Folders">
      <div className="folder-pane-top">
        <Button variant="primary" icon={<PenLine size={16} aria-hidden />} onPress={props.onCompose}>
          New message
        </Button>
      </div>
      <div className="folder-pane-trees">
        {props.folders === null ? WAITING.map((width) => <WaitingRow key={width} width={width} />) : null}
        {(props.folders === null ? [] : accounts).map((account) => {
          const own = folders.filter((folder) => folder.accountId === account.id);
          const places = new Map<string, Place>(
            own.map((folder) => [`folder:${folder.id}`, { kind: "folder", folderId: folder.id }]),
          );
          return (
            <Section key={account.id} label={account.address} places={places} {...pick(props)}>
              {folderTree(folders, account.id).map((branch) => (
                <Branch key={branch.folder.id} branch={branch} />
              ))}
            </Section>
          );
        })}
        <Section label="On this computer" places={local} {...pick(props)}>
          <TreeItem id="drafts" textValue="Drafts" className="folder-item">
            <Row
              icon={<FolderIcon kind="drafts" />}
              name="Drafts"
              count={props.drafts}
              quiet
              expandable={false}
            />
          </TreeItem>
          <TreeItem id="outbox" textValue="Outbox" className="folder-item">
            <Row
              icon={<FolderIcon kind="outbox" />}
              name="Outbox"
              count={props.outbox}
              quiet
              expandable={false}
            />
          </TreeItem>
        </Section>
      </div>
      {props.foot}
    </nav>
  );
}

function pick({ place, onPlace }: FolderPaneProps) {
  return { place, onPlace };
}
