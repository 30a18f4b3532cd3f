import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from "react-aria-components";
import type { FolderNode } from "../../../shared/model/mail.ts";
import { COMMANDS, type CommandId, keysOf } from "../../state/commands.ts";
import { folderName } from "../../state/folder-names.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Keys } from "../../ui/Keys.tsx";
import "./palette.css";

export interface CommandPaletteProps {
  readonly mac: boolean;
  readonly folders: readonly FolderNode[];
  /** Whether a command can be carried out now: the others are not shown. */
  readonly can: (id: CommandId) => boolean;
  readonly onRun: (id: CommandId) => void;
  readonly onFolder: (folder: FolderNode) => void;
  readonly onClose: () => void;
}

/** Moving about in the list is a matter of keys: as commands they would only stand in the way. */
const KEYS_ONLY: ReadonlySet<CommandId> = new Set([
  "next",
  "previous",
  "first",
  "last",
  "open",
  "close",
  "palette",
]);

/** Type to narrow, arrows to choose, Enter to do it. */
export function CommandPalette({ mac, folders, can, onRun, onFolder, onClose }: CommandPaletteProps) {
  const { contains } = useFilter({ sensitivity: "base" });
  const commands = COMMANDS.filter(({ id }) => !KEYS_ONLY.has(id) && can(id));
  return (
    <Dialog title="Commands" isOpen onClose={onClose}>
      <Autocomplete filter={contains}>
        <SearchField autoFocus aria-label="Command or folder">
          <Input className="field-input" placeholder="Command or folder" />
        </SearchField>
        <ListBox
          className="palette-list"
          aria-label="Commands and folders"
          onAction={(key) => {
            const command = commands.find(({ id }) => id === key);
            if (command !== undefined) onRun(command.id);
            const folder = folders.find(({ id }) => `folder:${id}` === key);
            if (folder !== undefined) onFolder(folder);
          }}
          renderEmptyState={() => <p className="palette-none">Nothing has this in its name.</p>}
        >
          {[
            ...commands.map(({ id, title }) => (
              <ListBoxItem key={id} id={id} textValue={title} className="palette-item">
                <span className="palette-name">{title}</span>
                <Keys keys={keysOf(id, mac)} />
              </ListBoxItem>
            )),
            ...folders.map((folder) => (
              <ListBoxItem
                key={`folder:${folder.id}`}
                id={`folder:${folder.id}`}
                textValue={`Go to ${folderName(folder)}`}
                className="palette-item"
              >
                <span className="palette-name">
                  <span className="palette-verb">Go to</span> {folderName(folder)}
                </span>
              </ListBoxItem>
            )),
          ]}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
