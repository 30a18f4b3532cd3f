import type { MailMessage, MessageSource, Person } from "../mail/message.ts";
import { renderMime } from "../mail/render.ts";
import { FOLDER_TYPE, type Folder, Mailbox } from "../state/mailbox.ts";
import { drawThread, isOwn, messageOf, type Thread } from "./content.ts";
import { PROJECTS } from "./people.ts";
import { type PlannedMessage, planMailbox } from "./plan.ts";
import { Dice, seedFor } from "./random.ts";

interface GeneratorOptions {
  readonly seed: number;
  /** Messages in all folders together. */
  readonly count: number;
  readonly owner: Person;
  /** Nothing is younger; milliseconds since the Unix epoch. */
  readonly now: number;
  /** Every message in the inbox, for tests that need to know where it is. */
  readonly inboxOnly?: boolean;
}

const DAY = 86_400_000;

/**
 * Makes sources whose content is drawn when asked for. The last message made is kept, since whoever asks for one
 * part of a message mostly asks for the others next.
 */
function sourceMaker(seed: number, owner: Person): (planned: PlannedMessage) => MessageSource {
  let last: { readonly planned: PlannedMessage; readonly message: MailMessage } | null = null;
  const draw = (planned: PlannedMessage): MailMessage => {
    if (last?.planned !== planned) last = { planned, message: messageOf(seed, planned, owner) };
    return last.message;
  };
  return (planned) => ({
    date: planned.date,
    message: () => draw(planned),
    mime: () => renderMime(draw(planned)),
  });
}

/** Recent mail is mostly unread, old mail hardly ever. */
function isRead(dice: Dice, age: number): boolean {
  return !dice.chance(age < 2 * DAY ? 0.6 : age < 7 * DAY ? 0.15 : 0.015);
}

class Filing {
  readonly mailbox = new Mailbox();
  readonly #newsletters: Folder;
  readonly #archive: Folder;
  readonly #junk: Folder;
  readonly #projects = new Map<string, Folder>();

  constructor() {
    const projects = this.mailbox.addFolder("Projects", "0");
    for (const name of PROJECTS) this.#projects.set(name, this.mailbox.addFolder(name, projects.id));
    this.#newsletters = this.mailbox.addFolder("Newsletters", "0");
    this.#archive = this.mailbox.addFolder("Archive", "0");
    this.#junk = this.mailbox.folderNamed("Junk Email") ?? this.#archive;
  }

  folderFor(planned: PlannedMessage, thread: Thread | null, own: boolean, age: number, dice: Dice): Folder {
    const usual = (type: number): Folder => this.mailbox.folderOfType(type);
    if (planned.kind === "draft") return usual(FOLDER_TYPE.drafts);
    if (planned.kind === "junk") return this.#junk;
    if (own) return usual(FOLDER_TYPE.sent);
    if (dice.chance(0.06)) return usual(FOLDER_TYPE.deleted);
    if (planned.kind === "bulletin" && dice.chance(0.35)) return this.#newsletters;
    const project =
      thread?.scenario.project === true ? this.#projects.get(thread.facts.project ?? "") : undefined;
    if (project !== undefined && age > 3 * DAY && dice.chance(0.7)) return project;
    return age > 400 * DAY && dice.chance(0.8) ? this.#archive : usual(FOLDER_TYPE.inbox);
  }
}

/** Makes a mailbox of `count` messages; their content is made each time it is asked for. */
export function generateMailbox(options: GeneratorOptions): Mailbox {
  const { seed, count, owner, now } = options;
  const filing = new Filing();
  const { mailbox } = filing;
  const source = sourceMaker(seed, owner);
  for (const planned of planMailbox(seed, count, now)) {
    const dice = new Dice(seedFor(seed, "state", planned.thread, planned.position));
    const thread = planned.kind === "conversation" ? drawThread(seed, planned.thread, owner) : null;
    const own = planned.kind === "draft" || (thread !== null && isOwn(seed, planned, thread, owner));
    const age = now - planned.date;
    const folder =
      options.inboxOnly === true
        ? mailbox.folderOfType(FOLDER_TYPE.inbox)
        : filing.folderFor(planned, thread, own, age, dice);
    // Somebody answered: the owner, when the next message of the conversation is the owner's.
    const next = { ...planned, position: planned.position + 1 };
    const answered =
      thread !== null && !own && planned.dates.length > next.position && isOwn(seed, next, thread, owner);
    mailbox.add(folder, source(planned), {
      read: own || answered || isRead(dice, age),
      flag: own ? 0 : dice.chance(0.06) ? 2 : dice.chance(0.015) ? 1 : 0,
      lastVerb: answered ? 1 : 0,
      lastVerbAt: answered ? (planned.dates[next.position] ?? now) : 0,
    });
  }
  return mailbox;
}
