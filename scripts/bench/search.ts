import { join } from "node:path";
import { matchExpression } from "../../electron/store/search-text.ts";
import { type Metric, metric } from "../frame/metric.ts";
import { openMail } from "./support/client.ts";
import { percentile95, seededFractions, timed } from "./support/figures.ts";
import { withFullInbox } from "./support/full-inbox.ts";
import { plainCopy } from "./support/plain-copy.ts";
import { drawQueries } from "./support/queries.ts";

const QUERIES = 200;
/** What the list asks for first. */
const ROWS = 50;

/** How long the first rows of a search take in an inbox of 20,000 messages; no query comes twice. */
export function run(): Promise<Metric[]> {
  return withFullInbox(async ({ path, folder, inbox }) => {
    const plain = plainCopy(path, join(folder, "plain.db"));
    const matches = plain.prepare("SELECT rowid FROM search WHERE search MATCH ?");
    const subjects = plain
      .prepare("SELECT subject FROM messages ORDER BY id")
      .all()
      .map(({ subject }) => String(subject));
    const store = openMail(path);

    const measure = (name: string, queries: readonly string[]): Metric => {
      const ours: number[] = [];
      const peer: number[] = [];
      for (const query of queries) {
        const expression = matchExpression(query) ?? "";
        const own = timed(() => store.mail.page({ folderId: inbox, filter: "all", query }, 0, ROWS));
        const other = timed(() => matches.all(expression));
        if (own.value.total !== other.value.length) throw new Error(`the results for "${query}" differ`);
        ours.push(own.ms);
        peer.push(other.ms);
      }
      return metric({
        metric: name,
        unit: "ms (p95)",
        ours: percentile95(ours),
        peer: percentile95(peer),
        peerName: "plain SQLite, the same FTS5 query and texts, ids only",
        better: "lower",
      });
    };
    const queries = drawQueries(subjects, QUERIES, seededFractions(5));
    const metrics = [measure("first-result", queries.typed), measure("complex", queries.complex)];
    store.close();
    plain.close();
    return metrics;
  });
}
