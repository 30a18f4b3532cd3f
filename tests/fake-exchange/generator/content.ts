import { escapeHtml } from "../mail/convert.ts";
import { type MailMessage, mailMessage, type Person } from "../mail/message.ts";
import { drawAttachment } from "./attachments.ts";
import { bulletin, junk } from "./bulletins.ts";
import { drawTable, type Table, tableHtml, tableText } from "./figures.ts";
import { FOREIGN_LETTERS } from "./foreign.ts";
import { COLLEAGUES, COMPANY, type Colleague, CUSTOMERS, DOMAIN } from "./people.ts";
import { pngChart } from "./pictures.ts";
import type { PlannedMessage } from "./plan.ts";
import { Dice, seedFor } from "./random.ts";
import { drawFacts, type Facts, fill, type Scenario } from "./scenario.ts";
import { PEOPLE_SCENARIOS } from "./scenarios-people.ts";
import { WORK_SCENARIOS } from "./scenarios-work.ts";

const SCENARIOS: readonly Scenario[] = [...WORK_SCENARIOS, ...PEOPLE_SCENARIOS];

/** What a conversation is about and who takes part: the same for all of its messages. */
export interface Thread {
  readonly scenario: Scenario;
  readonly facts: Facts;
  readonly subject: string;
  /** Two people who write in turns; one of them is the owner of the mailbox. */
  readonly writers: readonly [Person, Person];
  readonly others: readonly Person[];
  readonly plainText: boolean;
}

const messageId = (seed: number, thread: number, position: number): string =>
  `<${seedFor(seed, "id", thread, position).toString(16)}.${thread}.${position}@${DOMAIN}>`;

const signature = (person: Person): string[] => {
  const colleague = COLLEAGUES.find((one) => one.email === person.email);
  return colleague === undefined ? [person.name] : [colleague.name, `${colleague.title}, ${COMPANY}`];
};

export function drawThread(seed: number, thread: number, owner: Person): Thread {
  const dice = new Dice(seedFor(seed, "thread", thread));
  const scenario = dice.pick(SCENARIOS);
  const facts = drawFacts(dice);
  const staff = COLLEAGUES.filter((one) => one.email !== owner.email);
  const inDepartment = staff.filter((one) => one.department === scenario.department);
  const opener: Colleague = dice.pick(inDepartment.length === 0 ? staff : inDepartment);
  const others = dice.several(
    staff.filter((one) => one !== opener),
    dice.pick([0, 0, 1, 1, 2, 4]),
  );
  const ownerOpens = dice.chance(0.22);
  return {
    scenario,
    facts,
    subject: fill(scenario.subject, facts),
    writers: ownerOpens ? [owner, opener] : [opener, owner],
    others,
    plainText: dice.chance(0.25),
  };
}

/** Who writes the message at a position; now and then a third person joins in. */
function writerOf(seed: number, thread: number, drawn: Thread, position: number): Person {
  const third = drawn.others[0];
  const dice = new Dice(seedFor(seed, "writer", thread, position));
  if (third !== undefined && position > 1 && dice.chance(0.3)) return third;
  return drawn.writers[position % 2] ?? drawn.writers[0];
}

const paragraphs = (text: string): string =>
  text
    .split("\n\n")
    .map((part) => `<p style="margin:0 0 12px">${escapeHtml(part).replace(/\n/g, "<br>")}</p>`)
    .join("\n");

const page = (content: string, rightToLeft = false): string =>
  `<html><body${rightToLeft ? ' dir="rtl"' : ""} style="font-family:Calibri,Arial,sans-serif;font-size:11pt;color:#1f2328">${content}</body></html>`;

const longDate = (time: number): string => new Date(time).toUTCString().replace(" GMT", "");

interface Written {
  readonly text: string;
  readonly html: string;
}

/** Own words, then everything before as a quote, newest first, as mail programs in offices do it. */
function write(seed: number, planned: PlannedMessage, drawn: Thread, table: Table | null): Written {
  const { thread, position, dates } = planned;
  const author = writerOf(seed, thread, drawn, position);
  const dice = new Dice(seedFor(seed, "text", thread, position));
  const reader = writerOf(seed, thread, drawn, position === 0 ? 1 : position - 1);
  const readerName = COLLEAGUES.find((one) => one.email === reader.email)?.given ?? reader.name.split(" ")[0];
  const greeting = `${dice.pick(["Hi", "Hello", "Dear", "Good morning"])} ${drawn.others.length > 2 ? "all" : readerName},`;
  const body = fill(drawn.scenario.messages[position] ?? "Thank you!", drawn.facts);
  const closing = dice.pick(["Best regards", "Kind regards", "Thanks", "Cheers", "Best"]);
  const [before, after] = [`${greeting}\n\n${body}`, `${closing}\n${signature(author).join("\n")}`];
  const shown = position === 0 ? table : null;
  const own = {
    text: [before, ...(shown === null ? [] : [tableText(shown)]), after].join("\n\n"),
    html: paragraphs(before) + (shown === null ? "" : tableHtml(shown)) + paragraphs(after),
  };
  if (position === 0) return own;
  const quoted = write(seed, { ...planned, position: position - 1 }, drawn, table);
  const from = writerOf(seed, thread, drawn, position - 1);
  const head = [
    `From: ${from.name} <${from.email}>`,
    `Sent: ${longDate(dates[position - 1] ?? planned.date)}`,
    `Subject: ${position > 1 ? "Re: " : ""}${drawn.subject}`,
  ];
  return {
    text: `${own.text}\n\n-----Original Message-----\n${head.join("\n")}\n\n${quoted.text}`.replace(
      /\n{3,}/g,
      "\n\n",
    ),
    html: `${own.html}<div style="border-top:1px solid #d0d7de;padding-top:8px;margin-top:12px">${head
      .map((line) =>
        line.replace(
          /^(\w+:)(.*)$/,
          (_, name: string, rest: string) => `<b>${name}</b>${escapeHtml(rest)}<br>`,
        ),
      )
      .join("")}</div><blockquote style="margin:8px 0 0 0">${quoted.html}</blockquote>`,
  };
}

function conversation(seed: number, planned: PlannedMessage, owner: Person): MailMessage {
  const { thread, position } = planned;
  const drawn = drawThread(seed, thread, owner);
  const dice = new Dice(seedFor(seed, "message", thread, position));
  const table =
    drawn.scenario.table === undefined
      ? null
      : drawTable(drawn.scenario.table, new Dice(seedFor(seed, "table", thread)));
  const { text, html } = write(seed, planned, drawn, table);
  const author = writerOf(seed, thread, drawn, position);
  const everyone = [...drawn.writers, ...drawn.others].filter((one) => one.email !== author.email);
  const earlier = Array.from({ length: position }, (_, at) => messageId(seed, thread, at));
  const files = drawn.scenario.files;
  const withFile = files.length > 0 && dice.chance(position === 0 ? 0.6 : 0.08);
  const attachments = withFile
    ? dice
        .several(files, dice.int(1, 2))
        .map((kind) => drawAttachment(kind, drawn.subject, drawn.facts, dice))
    : [];
  const logo = !drawn.plainText && dice.chance(0.12);
  if (logo) {
    const content = pngChart(new Dice(seedFor(seed, "logo", author.email)), 120, 48);
    attachments.push({
      name: "image001.png",
      type: "image/png",
      content,
      inline: true,
      contentId: `logo.${thread}@${DOMAIN}`,
    });
  }
  const picture = logo
    ? `<p><img src="cid:logo.${thread}@${DOMAIN}" width="120" height="48" alt="${COMPANY}"></p>`
    : "";
  const person = ({ name, email }: Person): Person => ({ name, email });
  return mailMessage({
    messageId: messageId(seed, thread, position),
    inReplyTo: earlier.at(-1) ?? null,
    references: earlier,
    date: planned.date,
    from: person(author),
    to: everyone.slice(0, drawn.others.length > 2 ? 5 : 1).map(person),
    cc: everyone.slice(drawn.others.length > 2 ? 5 : 1).map(person),
    subject: position === 0 ? drawn.subject : `Re: ${drawn.subject}`,
    topic: drawn.subject,
    text,
    html: drawn.plainText ? null : page(html + picture),
    attachments,
    importance: dice.chance(0.05) ? 2 : dice.chance(0.02) ? 0 : 1,
    readReceipt: dice.chance(0.03),
  });
}

const MEETINGS = [
  ["{project}: weekly meeting", "Meeting room Fjord"],
  ["Review of {quarter} with {customer}", "Online"],
  ["Planning {project}, next release", "Meeting room Lighthouse"],
  ["One to one", "Kitchen, second floor"],
  ["Fire drill", "Assembly point at the gate"],
  ["Training: measuring in explosive areas", "Workshop 2"],
] as const;

/** An invitation for some day in the week after it was sent. */
export function drawInvitation(seed: number, thread: number, date: number, owner: Person): MailMessage {
  const dice = new Dice(seedFor(seed, "invitation", thread));
  const facts = drawFacts(dice);
  const [title, location] = dice.pick(MEETINGS);
  const organizer = dice.pick(COLLEAGUES.filter((one) => one.email !== owner.email));
  const start = Math.floor(date / 86_400_000 + dice.int(1, 8)) * 86_400_000 + dice.int(16, 30) * 1_800_000;
  const subject = fill(title, facts);
  const text = `Hello,\n\nI would like to invite you: ${subject}. Please tell me if the time does not suit you.\n\n${organizer.name}`;
  return mailMessage({
    messageId: messageId(seed, thread, 0),
    date,
    from: { name: organizer.name, email: organizer.email },
    to: [owner],
    subject,
    text,
    html: page(paragraphs(text)),
    messageClass: "IPM.Schedule.Meeting.Request",
    meeting: {
      uid: `${seedFor(seed, "uid", thread).toString(16)}-${thread}@${DOMAIN}`,
      start,
      end: start + dice.pick([1_800_000, 3_600_000, 5_400_000]),
      allDay: false,
      location,
      organizer: { name: organizer.name, email: organizer.email },
    },
  });
}

function single(seed: number, planned: PlannedMessage, owner: Person): MailMessage {
  const { kind, thread, date } = planned;
  const dice = new Dice(seedFor(seed, kind, thread));
  const facts = drawFacts(dice);
  const base = { messageId: messageId(seed, thread, 0), date };
  if (kind === "foreign") {
    const { rightToLeft, ...letter } = dice.pick(FOREIGN_LETTERS);
    const html = dice.chance(0.5) ? page(paragraphs(letter.text), rightToLeft) : null;
    return mailMessage({ ...base, ...letter, to: [{ name: "", email: owner.email }], html });
  }
  if (kind === "draft") {
    const { contact } = dice.pick(CUSTOMERS);
    const subject = fill(
      dice.pick(["Your visit on {day}", "Our offer for {project}", "Dates for {city}"]),
      facts,
    );
    const text = fill(
      "Hello,\n\nas discussed on the phone, I would suggest {day} for the next step.\n\n",
      facts,
    );
    return mailMessage({ ...base, from: owner, to: [contact], subject, text, html: page(paragraphs(text)) });
  }
  const given = kind === "junk" ? junk(dice, facts) : bulletin(dice, facts);
  return mailMessage({ ...base, ...given, to: [owner] });
}

/** The whole message of a plan's line: the same every time it is asked for. */
export function messageOf(seed: number, planned: PlannedMessage, owner: Person): MailMessage {
  if (planned.kind === "conversation") return conversation(seed, planned, owner);
  if (planned.kind === "invitation") return drawInvitation(seed, planned.thread, planned.date, owner);
  return single(seed, planned, owner);
}

/** Who wrote it, without making the text: folders and read state depend on it. */
export function isOwn(seed: number, planned: PlannedMessage, drawn: Thread, owner: Person): boolean {
  return writerOf(seed, planned.thread, drawn, planned.position).email === owner.email;
}
