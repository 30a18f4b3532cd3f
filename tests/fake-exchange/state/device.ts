import type { WbxmlOutput } from "../wbxml/node.ts";
import { CollectionState } from "./collection.ts";

/** The last step of a keyed conversation, kept so that a repeated request gets the same answer. */
interface LastStep {
  readonly request: string;
  readonly answer: WbxmlOutput;
}

/**
 * Key bookkeeping of one collection or of the folder hierarchy: the current key, and the one before it, which a
 * client that lost an answer may send again.
 */
class KeyChain {
  current: string | null = null;
  previous: string | null = null;
  last: LastStep | null = null;
  readonly #salt: number;
  #count = 0;

  constructor(salt: number) {
    this.#salt = salt;
  }

  place(key: string): "initial" | "current" | "previous" | "unknown" {
    if (key === "0") return "initial";
    if (this.current !== null && key === this.current) return "current";
    return this.previous !== null && key === this.previous ? "previous" : "unknown";
  }

  /** The next key, after a request that carried `key`. */
  advance(key: string): string {
    this.previous = key === "0" ? null : key;
    this.current = `${this.#salt}${String(++this.#count).padStart(5, "0")}`;
    return this.current;
  }

  forget(): void {
    this.current = null;
    this.previous = null;
    this.last = null;
  }
}

export interface CollectionSession {
  readonly keys: KeyChain;
  state: CollectionState;
  /** Client commands of the last step and what was answered (null: nothing to say). */
  applied: Map<string, WbxmlOutput | null>;
}

export interface FolderStep {
  known: Map<string, number>;
  logAt: number;
}

/** What the server remembers about one device of one user. */
export class Device {
  readonly id: string;
  readonly type: string;
  readonly folderKeys: KeyChain;
  folderState: FolderStep = { known: new Map(), logAt: 0 };
  folderStateBefore: FolderStep = { known: new Map(), logAt: 0 };
  readonly collections = new Map<string, CollectionSession>();
  /** Temporary key of the first phase of Provision. */
  temporaryPolicyKey: string | null = null;
  policyKey: string | null = null;
  policyRevision = 0;
  wipe: "none" | "device" | "account" | "acknowledged" = "none";
  /** Parameters of the last Ping, for a Ping without a body. */
  ping: { heartbeat: number; folders: readonly string[] } | null = null;
  /** The last Sync that an empty Sync repeats: collection, filter and window only. */
  lastSync: Uint8Array | null = null;
  readonly #salt: number;

  constructor(id: string, type: string) {
    this.id = id;
    this.type = type;
    let hash = 2166136261;
    for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    this.#salt = 1000 + (hash % 9000);
    this.folderKeys = new KeyChain(this.#salt);
  }

  collection(id: string): CollectionSession {
    let found = this.collections.get(id);
    if (found === undefined) {
      found = {
        keys: new KeyChain(this.#salt + this.collections.size + 1),
        state: new CollectionState(),
        applied: new Map(),
      };
      this.collections.set(id, found);
    }
    return found;
  }

  /** Every sync state is lost, as after an administrator's reset. */
  forgetSync(): void {
    this.folderKeys.forget();
    for (const session of this.collections.values()) session.keys.forget();
  }
}
