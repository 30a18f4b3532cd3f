import type { Person } from "../mail/message.ts";
import { parseMessage, sourceOf, withoutBcc } from "../mail/parse.ts";
import { Device } from "./device.ts";
import { FOLDER_TYPE, type Mailbox } from "./mailbox.ts";

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly person: Person;
  readonly mailbox: Mailbox;
  readonly devices: Map<string, Device>;
  /** ClientIds of messages that were sent already (MS-ASCMD status 118). */
  readonly sentClientIds: Set<string>;
}

/** One accepted submission. `deliveries` counts the mailboxes here that got it. */
export interface SentRecord {
  readonly user: string;
  readonly command: string;
  readonly clientId: string | null;
  readonly messageId: string;
  readonly subject: string;
  readonly recipients: readonly string[];
  readonly deliveries: number;
  readonly mime: Uint8Array;
  readonly at: number;
}

/** All users of the organisation, and the post between them. */
export class World {
  readonly accounts = new Map<string, Account>();
  readonly sent: SentRecord[] = [];
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  add(name: string, password: string, person: Person, mailbox: Mailbox): Account {
    const account = {
      name,
      password,
      person,
      mailbox,
      devices: new Map<string, Device>(),
      sentClientIds: new Set<string>(),
    };
    this.accounts.set(name.toLowerCase(), account);
    return account;
  }

  account(name: string): Account {
    const found = this.accounts.get(name.toLowerCase());
    if (found === undefined) throw new Error(`no user ${name}`);
    return found;
  }

  byAddress(email: string): Account | null {
    for (const account of this.accounts.values()) {
      if (account.person.email.toLowerCase() === email.toLowerCase()) return account;
    }
    return null;
  }

  /** Puts raw mail into a user's folder, unread unless it is the user's own. */
  async put(account: Account, folderType: number, mime: Uint8Array, read: boolean): Promise<void> {
    const now = this.now();
    const message = await parseMessage(mime, now);
    account.mailbox.add(account.mailbox.folderOfType(folderType), sourceOf(message, mime, now), { read });
  }

  /**
   * Sends a message for a user: into the inbox of everybody here who is meant, into Sent Items if `save`.
   * Returns a status: 1, or 119 without a recipient.
   */
  async submit(
    account: Account,
    given: { command: string; clientId: string | null; mime: Uint8Array; save: boolean },
  ): Promise<number> {
    const { command, clientId, mime, save } = given;
    if (clientId !== null && account.sentClientIds.has(clientId)) return 118;
    const message = await parseMessage(mime, this.now());
    const recipients = [...message.to, ...message.cc, ...message.bcc].map((person) => person.email);
    const addresses = [...new Set(recipients.map((address) => address.toLowerCase()))];
    if (addresses.length === 0) return 119;
    // The mark is set after the last await that comes before delivery, so that two at once cannot both pass.
    if (clientId !== null) {
      if (account.sentClientIds.has(clientId)) return 118;
      account.sentClientIds.add(clientId);
    }
    const clean = withoutBcc(mime);
    const readers = addresses.flatMap((address) => this.byAddress(address) ?? []);
    this.sent.push({
      user: account.name,
      command,
      clientId,
      messageId: message.messageId,
      subject: message.subject,
      recipients: addresses,
      deliveries: readers.length,
      mime,
      at: this.now(),
    });
    if (save) await this.put(account, FOLDER_TYPE.sent, mime, true);
    for (const reader of readers) await this.put(reader, FOLDER_TYPE.inbox, clean, false);
    return 1;
  }

  device(account: Account, id: string, type: string): Device {
    let device = account.devices.get(id);
    if (device === undefined) {
      device = new Device(id, type);
      account.devices.set(id, device);
    }
    return device;
  }
}
