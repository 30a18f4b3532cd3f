import type { Db } from "./db/database.ts";

/** Large bytes are stored in pieces, so that neither writing nor reading holds them whole. */
const CHUNK_BYTES = 256 * 1024;

type ChunkTable = "attachment_chunks" | "draft_attachment_chunks" | "outbox_chunks";

export interface ChunkStore {
  /** Stores all pieces within the caller's transaction; answers how many bytes there were. */
  put(owner: number, pieces: Iterable<Uint8Array>): number;
  /** A writer that stores whenever a chunk is full; each chunk is a transaction of its own. */
  writer(owner: number): { append(piece: Uint8Array): void; end(): number };
  read(owner: number): Iterable<Uint8Array>;
  delete(owner: number): void;
}

export function chunkStore(db: Db, table: ChunkTable): ChunkStore {
  const insert = db.sql.prepare<[number, number, Uint8Array]>(
    `INSERT INTO ${table} (owner, seq, data) VALUES (?, ?, ?)`,
  );
  const select = db.sql
    .prepare<[number, number], Buffer>(`SELECT data FROM ${table} WHERE owner = ? AND seq = ?`)
    .pluck();
  const remove = db.sql.prepare<[number]>(`DELETE FROM ${table} WHERE owner = ?`);

  function writer(owner: number): { append(piece: Uint8Array): void; end(): number } {
    const held = Buffer.alloc(CHUNK_BYTES);
    let filled = 0;
    let seq = 0;
    let bytes = 0;
    const store = () => {
      db.write(() => insert.run(owner, seq, held.subarray(0, filled)));
      seq += 1;
      filled = 0;
    };
    return {
      append(piece) {
        let at = 0;
        while (at < piece.byteLength) {
          const part = piece.subarray(at, at + CHUNK_BYTES - filled);
          held.set(part, filled);
          filled += part.byteLength;
          at += part.byteLength;
          if (filled === CHUNK_BYTES) store();
        }
        bytes += piece.byteLength;
      },
      end() {
        if (filled > 0) store();
        return bytes;
      },
    };
  }

  return {
    writer,
    put(owner, pieces) {
      const target = writer(owner);
      for (const piece of pieces) target.append(piece);
      return target.end();
    },
    *read(owner) {
      for (let seq = 0; ; seq += 1) {
        const data = select.get(owner, seq);
        if (data === undefined) return;
        yield data;
      }
    },
    delete: (owner) => void remove.run(owner),
  };
}
