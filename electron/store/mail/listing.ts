import type { ListScope } from "../../../shared/contract/mail.ts";
import type { FolderId, MessageId } from "../../../shared/model/ids.ts";
import type { MessageRow } from "../../../shared/model/mail.ts";
import type { Db } from "../db/database.ts";
import { REMOVED } from "../removal.ts";
import { LIST_INDEX, LISTED_COLUMNS, type ListedRow, messageRow } from "./rows.ts";
import type { SearchLists } from "./search.ts";

type Filter = ListScope["filter"];

interface Counts {
  all: number;
  unread: number;
  flagged: number;
}

const CONDITION = { all: "", unread: "AND read = 0", flagged: "AND flagged = 1" } as const;

/**
 * The ids of a page come from one index alone, the rows of just that page after it. A page in the second
 * half is counted from the end, so that no page walks over more than half of the index.
 */
export function pageSql(filter: Filter, from: "start" | "end"): string {
  const order = from === "start" ? "date DESC, id DESC" : "date, id";
  return `SELECT ${LISTED_COLUMNS} FROM (
      SELECT id FROM messages INDEXED BY ${LIST_INDEX[filter]}
      WHERE folder_id = ? ${CONDITION[filter]} ORDER BY ${order} LIMIT ? OFFSET ?) page
    CROSS JOIN messages m ON m.id = page.id CROSS JOIN folders f ON f.id = m.folder_id
    CROSS JOIN accounts a ON a.n = f.account`;
}

export interface Listing {
  page(scope: ListScope, offset: number, limit: number): { total: number; rows: MessageRow[] };
  indexOf(scope: ListScope, messageId: MessageId): number | null;
}

export function listing(db: Db, search: SearchLists): Listing {
  const prepare = (filter: Filter) => ({
    start: db.sql.prepare<[FolderId, number, number], ListedRow>(pageSql(filter, "start")),
    end: db.sql.prepare<[FolderId, number, number], ListedRow>(pageSql(filter, "end")),
    before: db.sql
      .prepare<{ folder: FolderId; date: number; id: MessageId }, number>(
        `SELECT count(*) FROM messages INDEXED BY ${LIST_INDEX[filter]} WHERE folder_id = @folder
           ${CONDITION[filter]} AND (date, id) > (@date, @id)`,
      )
      .pluck(),
  });
  const pages = { all: prepare("all"), unread: prepare("unread"), flagged: prepare("flagged") };
  const counts = db.sql.prepare<[FolderId, number], Counts>(
    "SELECT total AS 'all', unread, flagged FROM folders WHERE id = ? AND account <> ?",
  );
  const one = db.sql.prepare<[MessageId], ListedRow>(
    `SELECT ${LISTED_COLUMNS} FROM messages m JOIN folders f ON f.id = m.folder_id
       JOIN accounts a ON a.n = f.account WHERE m.id = ?`,
  );

  return {
    page(scope, offset, limit) {
      const known = counts.get(scope.folderId, REMOVED);
      if (known === undefined) return { total: 0, rows: [] };
      if (scope.query.trim() !== "") {
        const ids = search.ids(scope);
        const rows = ids.slice(offset, offset + limit).flatMap((id) => one.get(id) ?? []);
        return { total: ids.length, rows: rows.map(messageRow) };
      }
      const total = known[scope.filter];
      const size = Math.min(limit, total - offset);
      if (size <= 0) return { total, rows: [] };
      const page = pages[scope.filter];
      const fromEnd = total - offset - size;
      const rows =
        fromEnd < offset
          ? page.end.all(scope.folderId, size, fromEnd).reverse()
          : page.start.all(scope.folderId, size, offset);
      return { total, rows: rows.map(messageRow) };
    },
    indexOf(scope, messageId) {
      if (counts.get(scope.folderId, REMOVED) === undefined) return null;
      if (scope.query.trim() !== "") {
        const at = search.ids(scope).indexOf(messageId);
        return at < 0 ? null : at;
      }
      const row = one.get(messageId);
      if (row === undefined || row.folder_id !== scope.folderId) return null;
      if (scope.filter === "unread" && row.read === 1) return null;
      if (scope.filter === "flagged" && row.flagged === 0) return null;
      return (
        pages[scope.filter].before.get({ folder: scope.folderId, date: row.date, id: messageId }) ?? null
      );
    },
  };
}
