import type { MessageId } from "../../../shared/model/ids.ts";
import type { RemoteBody } from "../../ports/remote.ts";
import type { Db } from "../db/database.ts";
import type { SearchIndex } from "./index-text.ts";

export interface StoredBody {
  kind: RemoteBody["kind"];
  truncated: number;
  size: number;
  data: string;
}

export interface BodyWriter {
  /** False when nothing changed. `keep-whole`: a shortened body does not replace a whole one. */
  save(messageId: MessageId, body: RemoteBody, rule: "replace" | "keep-whole"): boolean;
  read(messageId: MessageId): StoredBody | null;
  /** The words of the stored body, for the index. */
  words(messageId: MessageId): string;
}

export function bodyWriter(db: Db, index: SearchIndex): BodyWriter {
  const select = db.sql.prepare<[MessageId], StoredBody>(
    "SELECT kind, truncated, size, data FROM bodies WHERE message_id = ?",
  );
  const put = db.sql.prepare(
    "INSERT OR REPLACE INTO bodies (message_id, kind, truncated, size, data) VALUES (?, ?, ?, ?, ?)",
  );

  return {
    save(messageId, body, rule) {
      const known = select.get(messageId);
      if (known !== undefined) {
        if (rule === "keep-whole" && known.truncated === 0 && body.truncated) return false;
        if (
          known.data === body.data &&
          known.kind === body.kind &&
          known.truncated === Number(body.truncated)
        )
          return false;
      }
      put.run(messageId, body.kind, Number(body.truncated), body.size, body.data);
      return true;
    },
    read: (messageId) => select.get(messageId) ?? null,
    words(messageId) {
      const body = select.get(messageId);
      return body === undefined ? "" : index.words(body.kind, body.data);
    },
  };
}
