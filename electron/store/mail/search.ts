import type { ListScope } from "../../../shared/contract/mail.ts";
import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { Db } from "../db/database.ts";
import { matchExpression } from "../search-text.ts";

/** Above this many hits the folder's own order is walked; below, the hits are looked up and sorted. */
const MANY_HITS = 2_000;
/** Lists kept for scrolling: the one shown and the ones just left while typing. */
const KEPT = 4;

/** The messages of a scope with a query, newest first. */
export interface SearchLists {
  ids(scope: ListScope): readonly MessageId[];
}

const CONDITION = { all: "", unread: "AND m.read = 0", flagged: "AND m.flagged = 1" } as const;

/** Paging through one result must not search again: lists are kept until messages change. */
export function searchLists(db: Db): SearchLists {
  const hits = db.sql.prepare<[string], number>("SELECT count(*) FROM search WHERE search MATCH ?").pluck();
  const prepare = (condition: string) => ({
    few: db.sql
      .prepare<[string, FolderId], MessageId>(
        `SELECT m.id FROM search CROSS JOIN messages m ON m.id = search.rowid
         WHERE search MATCH ? AND m.folder_id = ? ${condition} ORDER BY m.date DESC, m.id DESC`,
      )
      .pluck(),
    many: db.sql
      .prepare<[string, FolderId], MessageId>(
        `WITH hit AS MATERIALIZED (SELECT rowid AS id FROM search WHERE search MATCH ?)
         SELECT m.id FROM messages m INDEXED BY messages_listed
         WHERE m.folder_id = ? AND m.id IN hit ${condition} ORDER BY m.date DESC, m.id DESC`,
      )
      .pluck(),
  });
  const lists = {
    all: prepare(CONDITION.all),
    unread: prepare(CONDITION.unread),
    flagged: prepare(CONDITION.flagged),
  };
  const kept = new Map<string, { generation: number; ids: readonly MessageId[] }>();

  return {
    ids(scope) {
      const match = matchExpression(scope.query);
      if (match === null) return [];
      const key = `${scope.folderId} ${scope.filter} ${match}`;
      const generation = db.changes.generation();
      const found = kept.get(key);
      if (found?.generation === generation) return found.ids;
      const list = lists[scope.filter];
      const ids =
        (hits.get(match) ?? 0) > MANY_HITS
          ? list.many.all(match, scope.folderId)
          : list.few.all(match, scope.folderId);
      kept.delete(key);
      kept.set(key, { generation, ids });
      for (const old of kept.keys()) if (kept.size > KEPT) kept.delete(old);
      return ids;
    },
  };
}
