import type { ListScope } from "../../../shared/contract/mail.ts";
import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Db } from "../db/database.ts";
import { matchExpression } from "../search-text.ts";
import { LIST_INDEX } from "./rows.ts";

/** Above this many hits the folder's own order is walked; below, the hits are looked up and sorted. */
const MANY_HITS = 1_000;
/** Results kept for scrolling: the one shown and those just left while typing. */
const KEPT = 4;

type Filter = ListScope["filter"];
interface Result {
  readonly generation: number;
  readonly ids: readonly MessageId[];
}

/** The messages of a scope with a query, newest first. */
export interface SearchLists {
  ids(scope: ListScope): readonly MessageId[];
}

const CONDITION = { all: "", unread: "AND m.read = 0", flagged: "AND m.flagged = 1" } as const;

/** Paging through one result must not search again: results are kept until messages change. */
export function searchLists(db: Db): SearchLists {
  const hits = db.sql.prepare<[string], MessageId>("SELECT rowid FROM search WHERE search MATCH ?").pluck();
  const prepare = (filter: Filter) => ({
    few: db.sql
      .prepare<[string, FolderId], MessageId>(
        `SELECT m.id FROM json_each(?) hit CROSS JOIN messages m ON m.id = hit.value
         WHERE m.folder_id = ? ${CONDITION[filter]} ORDER BY m.date DESC, m.id DESC`,
      )
      .pluck(),
    order: db.sql
      .prepare<[FolderId], MessageId>(
        `SELECT m.id FROM messages m INDEXED BY ${LIST_INDEX[filter]}
         WHERE m.folder_id = ? ${CONDITION[filter]} ORDER BY m.date DESC, m.id DESC`,
      )
      .pluck(),
  });
  const lists = { all: prepare("all"), unread: prepare("unread"), flagged: prepare("flagged") };
  const results = new Map<string, Result>();
  const orders = new Map<string, Result>();

  /** The kept list while no message has changed since, else a new one. */
  function keep(kept: Map<string, Result>, key: string, make: () => MessageId[]): readonly MessageId[] {
    const generation = db.changes.generation();
    const found = kept.get(key);
    if (found?.generation === generation) return found.ids;
    const ids = make();
    kept.delete(key);
    kept.set(key, { generation, ids });
    for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
    return ids;
  }

  return {
    ids(scope) {
      const match = matchExpression(scope.query);
      if (match === null) return [];
      const list = lists[scope.filter];
      const place = `${scope.folderId} ${scope.filter}`;
      return keep(results, `${place} ${match}`, () => {
        const found = hits.all(match);
        if (found.length <= MANY_HITS) return list.few.all(JSON.stringify(found), scope.folderId);
        const wanted = new Set(found);
        const order = keep(orders, place, () => list.order.all(scope.folderId));
        return order.filter((id) => wanted.has(id));
      });
    },
  };
}
