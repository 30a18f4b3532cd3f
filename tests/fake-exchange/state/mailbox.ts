import type { MessageSource } from "../mail/message.ts";

/** MS-ASCMD 2.2.3.186.2 Type (FolderSync). */
export const FOLDER_TYPE = {
  inbox: 2,
  drafts: 3,
  deleted: 4,
  sent: 5,
  outbox: 6,
  tasks: 7,
  calendar: 8,
  contacts: 9,
  notes: 10,
  user: 12,
} as const;

export interface Item {
  readonly id: number;
  readonly folderId: string;
  readonly source: MessageSource;
  read: boolean;
  /** 0 none, 1 complete, 2 active (MS-ASEMAIL 2.2.2.27). */
  flag: 0 | 1 | 2;
  /** 0 none, 1 reply to sender, 2 reply to all, 3 forward (MS-ASEMAIL 2.2.2.44). */
  lastVerb: number;
  lastVerbAt: number;
  /** Number of the mailbox change that touched it last. */
  revision: number;
}

export interface Folder {
  readonly id: string;
  parentId: string;
  name: string;
  readonly type: number;
  readonly items: Map<number, Item>;
  /** Ids of items as they were added, changed or removed; devices remember how far they have read. */
  readonly log: number[];
  revision: number;
}

export const serverIdOf = (item: { folderId: string; id: number }): string => `${item.folderId}:${item.id}`;

/** One user's folders and messages: the truth that every device is brought to. */
export class Mailbox {
  readonly folders = new Map<string, Folder>();
  /** Folder ids as they were added, changed or removed. */
  readonly folderLog: string[] = [];
  readonly #listeners = new Set<(folderId: string) => void>();
  #revision = 0;
  #nextItem = 1;
  #nextFolder = 1;

  constructor() {
    for (const [name, type] of [
      ["Calendar", FOLDER_TYPE.calendar],
      ["Contacts", FOLDER_TYPE.contacts],
      ["Deleted Items", FOLDER_TYPE.deleted],
      ["Drafts", FOLDER_TYPE.drafts],
      ["Inbox", FOLDER_TYPE.inbox],
      ["Junk Email", FOLDER_TYPE.user],
      ["Notes", FOLDER_TYPE.notes],
      ["Outbox", FOLDER_TYPE.outbox],
      ["Sent Items", FOLDER_TYPE.sent],
      ["Tasks", FOLDER_TYPE.tasks],
    ] as const) {
      this.addFolder(name, "0", type);
    }
  }

  /** Tells about every change, by folder id; "" means the folders themselves. Returns how to stop. */
  watch(listener: (folderId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #announce(folderId: string): void {
    for (const listener of [...this.#listeners]) listener(folderId);
  }

  #folderChanged(id: string): void {
    this.folderLog.push(id);
    this.#announce("");
  }

  #touch(item: Item): void {
    item.revision = ++this.#revision;
    const folder = this.folder(item.folderId);
    folder.log.push(item.id);
    this.#announce(folder.id);
  }

  addFolder(name: string, parentId: string, type: number = FOLDER_TYPE.user): Folder {
    const folder = {
      id: String(this.#nextFolder++),
      parentId,
      name,
      type,
      items: new Map(),
      log: [],
      revision: ++this.#revision,
    };
    this.folders.set(folder.id, folder);
    this.#folderChanged(folder.id);
    return folder;
  }

  updateFolder(folder: Folder, name: string, parentId: string): void {
    folder.name = name;
    folder.parentId = parentId;
    folder.revision = ++this.#revision;
    this.#folderChanged(folder.id);
  }

  /** Removes a folder with what is below it. */
  removeFolder(folder: Folder): void {
    for (const below of [...this.folders.values()]) {
      if (below.parentId === folder.id) this.removeFolder(below);
    }
    this.folders.delete(folder.id);
    this.#folderChanged(folder.id);
    this.#announce(folder.id);
  }

  folder(id: string): Folder {
    const folder = this.folders.get(id);
    if (folder === undefined) throw new Error(`no folder ${id}`);
    return folder;
  }

  folderOfType(type: number): Folder {
    for (const folder of this.folders.values()) if (folder.type === type) return folder;
    throw new Error(`no folder of type ${type}`);
  }

  folderNamed(path: string): Folder | null {
    let parentId = "0";
    let found: Folder | null = null;
    for (const name of path.split("/")) {
      found =
        [...this.folders.values()].find((one) => one.parentId === parentId && one.name === name) ?? null;
      if (found === null) return null;
      parentId = found.id;
    }
    return found;
  }

  add(
    folder: Folder,
    source: MessageSource,
    state: Partial<Pick<Item, "read" | "flag" | "lastVerb" | "lastVerbAt">> = {},
  ): Item {
    const item: Item = {
      id: this.#nextItem++,
      folderId: folder.id,
      source,
      read: false,
      flag: 0,
      lastVerb: 0,
      lastVerbAt: 0,
      revision: 0,
      ...state,
    };
    folder.items.set(item.id, item);
    this.#touch(item);
    return item;
  }

  /** The item of a server id such as `5:123`; null when there is none (any more). */
  find(serverId: string): Item | null {
    const [folderId, id, ...rest] = serverId.split(":");
    if (folderId === undefined || id === undefined || rest.length > 0 || !/^[1-9]\d*$/.test(id)) return null;
    return this.folders.get(folderId)?.items.get(Number(id)) ?? null;
  }

  change(item: Item, change: Partial<Pick<Item, "read" | "flag" | "lastVerb" | "lastVerbAt">>): void {
    Object.assign(item, change);
    this.#touch(item);
  }

  remove(item: Item): void {
    this.folder(item.folderId).items.delete(item.id);
    this.#touch(item);
  }

  /** A moved item gets a new server id, as on Exchange. */
  move(item: Item, to: Folder): Item {
    this.remove(item);
    return this.add(to, item.source, {
      read: item.read,
      flag: item.flag,
      lastVerb: item.lastVerb,
      lastVerbAt: item.lastVerbAt,
    });
  }
}
