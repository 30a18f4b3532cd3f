import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Metric, metric } from "../frame/metric.ts";
import { openMail } from "./support/client.ts";
import { median, percentile95, seededFractions, timed } from "./support/figures.ts";
import { MESSAGES, withFullInbox } from "./support/full-inbox.ts";
import { openPlain, plainCopy } from "./support/plain-copy.ts";

const PAGE = 100;
const PAGES = 1_000;
const OPENINGS = 25;
const PEER = "plain SQLite, the same rows in one table, read by primary key";
const PEER_PAGE = `SELECT * FROM listed WHERE n >= ? ORDER BY n LIMIT ${PAGE}`;

/** How long a page of 100 rows takes in an inbox of 20,000 messages. */
export function run(): Promise<Metric[]> {
  return withFullInbox(async ({ path, folder, inbox }) => {
    const copy = join(folder, "plain.db");
    makeList(plainCopy(path, copy), inbox);
    const scope = { folderId: inbox, filter: "all", query: "" } as const;
    const fraction = seededFractions(3);

    const store = openMail(path);
    const plain = openPlain(copy);
    const peerPage = plain.prepare(PEER_PAGE);
    const pages = { ours: [] as number[], peer: [] as number[] };
    for (let round = 0; round < PAGES; round += 1) {
      const offset = Math.floor(fraction() * (MESSAGES - PAGE));
      const own = timed(() => store.mail.page(scope, offset, PAGE).rows);
      const other = timed(() => peerPage.all(offset));
      if (own.value.length !== PAGE || own.value[0]?.id !== other.value[0]?.id)
        throw new Error(`the pages at ${offset} differ`);
      pages.ours.push(own.ms);
      pages.peer.push(other.ms);
    }
    store.close();
    plain.close();

    const first = { ours: [] as number[], peer: [] as number[] };
    for (let round = 0; round < OPENINGS; round += 1) {
      const opened = openMail(path);
      first.ours.push(timed(() => opened.mail.page(scope, 0, PAGE)).ms);
      opened.close();
      const other = openPlain(copy);
      first.peer.push(timed(() => other.prepare(PEER_PAGE).all(0)).ms);
      other.close();
    }
    const figure = (name: string, unit: string, ours: number, peer: number) =>
      metric({ metric: name, unit, ours, peer, peerName: PEER, better: "lower" });
    return [
      figure("page", "ms (p95)", percentile95(pages.ours), percentile95(pages.peer)),
      figure("first-page", "ms (median)", median(first.ours), median(first.peer)),
    ];
  });
}

/** The peer's table: what a list shows, in the order of the list. */
function makeList(plain: DatabaseSync, inbox: number): void {
  plain.exec(`CREATE TABLE listed (n INTEGER PRIMARY KEY, id, folder_id, from_name, from_email, to_text, subject,
    preview, date, read, flagged, has_attachments, invitation, answered, pending)`);
  plain
    .prepare(
      `INSERT INTO listed SELECT row_number() OVER (ORDER BY date DESC, id DESC) - 1, id, folder_id, from_name,
         from_email, to_text, subject, preview, date, read, flagged, has_attachments, invitation, answered, pending
       FROM messages WHERE folder_id = ?`,
    )
    .run(inbox);
  plain.close();
}
