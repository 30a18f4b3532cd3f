import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from "react-aria-components";
import type { AccountId, FolderId } from "../../../shared/model/ids.ts";
import type { FolderNode } from "../../../shared/model/mail.ts";
import { folderName } from "../../state/folder-names.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { FolderIcon } from "./folder-icons.tsx";
import { flattenTree, folderTree } from "./folder-tree.ts";
import "./move-dialog.css";

export interface MoveDialogProps {
  readonly count: number;
  readonly accountId: AccountId;
  readonly folders: readonly FolderNode[];
  /** Where the messages are: not offered. */
  readonly from: FolderId | null;
  readonly onMove: (folder: FolderNode) => void;
  readonly onClose: () => void;
}

/** Picks a folder: type to narrow, arrows to choose, Enter to move. */
export function MoveDialog({ count, accountId, folders, from, onMove, onClose }: MoveDialogProps) {
  const { contains } = useFilter({ sensitivity: "base" });
  const choices = flattenTree(folderTree(folders, accountId)).filter(({ folder }) => folder.id !== from);
  return (
    <Dialog
      title={count === 1 ? "Move message to" : `Move ${count.toLocaleString()} messages to`}
      isOpen
      onClose={onClose}
    >
      <Autocomplete filter={contains}>
        <SearchField autoFocus aria-label="Folder" className="move-search">
          <Input className="field-input" placeholder="Folder name" />
        </SearchField>
        <ListBox
          className="move-list"
          aria-label="Folders"
          onAction={(key) => {
            const choice = choices.find(({ folder }) => folder.id === key);
            if (choice !== undefined) onMove(choice.folder);
          }}
          renderEmptyState={() => <p className="move-none">No folder has this in its name.</p>}
        >
          {choices.map(({ folder, depth }) => (
            <ListBoxItem
              key={folder.id}
              id={folder.id}
              textValue={folderName(folder)}
              className="move-item"
              style={{ paddingLeft: 10 + depth * 16 }}
            >
              <FolderIcon kind={folder.role} />
              {folderName(folder)}
            </ListBoxItem>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
