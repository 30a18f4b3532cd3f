import { describe, expect, test } from "vitest";
import { chunkStore } from "../../../electron/store/chunks.ts";
import type { AttachmentId } from "../../../shared/model/ids.ts";
import { Fixture } from "../../store/support.ts";
import { mail } from "../../store/support-core.ts";
import {
  bareDb,
  CHUNK,
  file,
  idOf,
  joined,
  numberFrom,
  pattern,
  pieces,
} from "../../support/store/workbench.ts";

function loose() {
  const { db } = bareDb();
  db.sql.exec("PRAGMA foreign_keys = OFF");
  return { db, chunks: chunkStore(db, "outbox_chunks") };
}

describe("the edges of chunks", () => {
  test.each([
    [0, []],
    [1, [1]],
    [CHUNK - 1, [CHUNK - 1]],
    [CHUNK, [CHUNK]],
    [CHUNK + 1, [CHUNK, 1]],
    [2 * CHUNK, [CHUNK, CHUNK]],
    [2 * CHUNK + 1, [CHUNK, CHUNK, 1]],
  ])("%i bytes are stored as chunks of %j, whatever pieces they came in", (size, expected) => {
    const { chunks } = loose();
    const bytes = pattern(size);
    for (const [owner, step] of [4_093, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK].entries()) {
      expect(chunks.put(owner, pieces(bytes, step))).toBe(size);
      const stored = [...chunks.read(owner)];
      expect(stored.map((chunk) => chunk.byteLength)).toEqual(expected);
      expect(joined(stored).equals(bytes)).toBe(true);
    }
  });

  test("pieces of one byte and empty pieces between them are stored alike", () => {
    const { chunks } = loose();
    const bytes = pattern(3_000);
    function* drops() {
      for (const piece of pieces(bytes, 1)) {
        yield new Uint8Array(0);
        yield piece;
      }
    }
    expect(chunks.put(1, drops())).toBe(3_000);
    expect(joined(chunks.read(1)).equals(bytes)).toBe(true);
    expect(chunks.put(2, [new Uint8Array(0), new Uint8Array(0)])).toBe(0);
    expect([...chunks.read(2)]).toEqual([]);
  });

  test("a piece that the caller changes after handing it over is stored as it was handed over", () => {
    const { chunks } = loose();
    const writer = chunks.writer(1);
    const scratch = new Uint8Array(1000);
    for (let round = 0; round < 400; round += 1) {
      scratch.fill(round % 256);
      writer.append(scratch);
    }
    expect(writer.end()).toBe(400_000);
    const stored = joined(chunks.read(1));
    for (let round = 0; round < 400; round += 1) {
      expect(stored[round * 1000]).toBe(round % 256);
      expect(stored[round * 1000 + 999]).toBe(round % 256);
    }
  });

  test("a part of a larger buffer is stored without its surroundings", () => {
    const { chunks } = loose();
    const large = pattern(1_000_000);
    chunks.put(1, [large.subarray(13, 600_013)]);
    expect(joined(chunks.read(1)).equals(large.subarray(13, 600_013))).toBe(true);
  });

  test("three writers at once keep their bytes apart", () => {
    const { chunks } = loose();
    const whole = [1, 2, 3].map((owner) => pattern(owner * 200_000 + owner, owner * 77));
    const writers = whole.map((_, index) => chunks.writer(index + 1));
    const sources = whole.map((bytes, index) => pieces(bytes, 30_000 + index * 17_001));
    for (let open = 3; open > 0; ) {
      open = 0;
      for (const [index, source] of sources.entries()) {
        const next = source.next();
        if (next.done) continue;
        open += 1;
        writers[index]?.append(next.value);
      }
    }
    for (const [index, bytes] of whole.entries()) {
      expect(writers[index]?.end()).toBe(bytes.byteLength);
      expect(joined(chunks.read(index + 1)).equals(bytes)).toBe(true);
    }
  });

  test("two readers of the same bytes do not take from each other", () => {
    const { chunks } = loose();
    const bytes = pattern(3 * CHUNK + 5);
    chunks.put(1, [bytes]);
    const left: Uint8Array[] = [];
    const right: Uint8Array[] = [];
    const second = chunks.read(1)[Symbol.iterator]();
    for (const chunk of chunks.read(1)) {
      left.push(chunk);
      const other = second.next();
      if (!other.done) right.push(other.value);
    }
    expect([joined(left).equals(bytes), joined(right).equals(bytes)]).toEqual([true, true]);
  });

  test("within one transaction that fails nothing of the pieces stays", () => {
    const { db, chunks } = loose();
    expect(() =>
      db.write(() => {
        chunks.put(1, [pattern(CHUNK * 2)]);
        throw new Error("later");
      }),
    ).toThrow("later");
    expect([...chunks.read(1)]).toEqual([]);
  });

  test("a source of pieces that fails half-way leaves no chunk when it ran in a transaction", () => {
    const { db, chunks } = loose();
    function* broken() {
      yield pattern(CHUNK);
      yield pattern(CHUNK);
      throw new Error("source");
    }
    expect(() => db.write(() => chunks.put(4, broken()))).toThrow("source");
    expect(db.sql.prepare("SELECT count(*) FROM outbox_chunks").pluck().get()).toBe(0);
  });
});

describe("writing a received attachment", () => {
  function received(type = ""): { f: Fixture; ids: AttachmentId[] } {
    const f = new Fixture();
    f.answer("in", { added: [mail("1", { attachments: [file("a", { type }), file("b"), file("c")] })] });
    const ids = f.store.mail.open(idOf(f, "Subject 1"))?.attachments.map((item) => item.id) ?? [];
    return { f, ids };
  }
  const stored = (f: Fixture) => numberFrom(f, "SELECT count(*) FROM attachment_chunks");

  test("several at once are each whole when they are finished, in any order", () => {
    const { f, ids } = received();
    const whole = ids.map((_, index) => pattern(300_000 + index, index));
    const writers = ids.map((id) => f.store.attachments.write(id));
    for (let at = 0; at < 400_000; at += 50_000)
      for (const [index, writer] of writers.entries())
        writer?.append(whole[index]?.subarray(at, at + 50_000) ?? new Uint8Array());
    for (const index of [2, 0, 1]) {
      const id = ids[index];
      if (id === undefined) throw new Error("attachment");
      expect(f.store.attachments.read(id)).toBeNull();
      writers[index]?.finish(null);
      expect(joined(f.store.attachments.read(id)).equals(whole[index] ?? Buffer.alloc(0))).toBe(true);
    }
    expect(f.store.check()).toEqual([]);
  });

  test.each([0, CHUNK - 1, CHUNK, CHUNK + 1])("abandoned after %i bytes it leaves nothing behind", (size) => {
    const { f, ids } = received();
    const [id] = ids;
    if (id === undefined) throw new Error("attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(pattern(size));
    writer?.abort();
    expect([stored(f), f.store.attachments.read(id)]).toEqual([0, null]);
    expect(f.store.attachments.get(id)?.attachment.state).toBe("remote");
  });

  test("after the end nothing is taken any more: not bytes, not another end, not an abort", () => {
    const { f, ids } = received();
    const [id] = ids;
    if (id === undefined) throw new Error("attachment");
    const writer = f.store.attachments.write(id);
    writer?.append(pattern(5));
    writer?.finish("text/plain");
    writer?.append(pattern(CHUNK * 2));
    writer?.finish("image/png");
    writer?.abort();
    expect(joined(f.store.attachments.read(id)).equals(pattern(5))).toBe(true);
    expect(f.store.attachments.get(id)?.attachment).toMatchObject({ size: 5, state: "stored" });
    const other = f.store.attachments.write(id);
    other?.abort();
    other?.finish("late/late");
    expect(f.store.attachments.get(id)?.attachment.state).toBe("remote");
  });

  test.each([
    ["", "image/png", "image/png"],
    ["", null, ""],
    ["application/pdf", "image/png", "application/pdf"],
  ])("a type of %j that is delivered as %j is %j", (listed, delivered, expected) => {
    const { f, ids } = received(listed);
    const [id] = ids;
    if (id === undefined) throw new Error("attachment");
    f.store.attachments.write(id)?.finish(delivered);
    expect(f.store.attachments.get(id)?.attachment.type).toBe(expected);
  });

  test("the size is what came, not what the server had said", () => {
    const { f, ids } = received();
    const [id] = ids;
    if (id === undefined) throw new Error("attachment");
    const writer = f.store.attachments.write(id);
    for (const piece of pieces(pattern(CHUNK + 77), 1_000)) writer?.append(piece);
    writer?.finish(null);
    expect(f.store.mail.open(idOf(f, "Subject 1"))?.attachments[0]).toMatchObject({
      size: CHUNK + 77,
      state: "stored",
    });
  });

  test("fetching it anew replaces the bytes, also with fewer", () => {
    const { f, ids } = received();
    const [id] = ids;
    if (id === undefined) throw new Error("attachment");
    for (const size of [3 * CHUNK, 10, CHUNK, 0]) {
      const writer = f.store.attachments.write(id);
      writer?.append(pattern(size, size));
      writer?.finish(null);
      expect(joined(f.store.attachments.read(id)).equals(pattern(size, size))).toBe(true);
    }
    expect(stored(f)).toBe(0);
  });

  test("an unknown attachment has no writer, no bytes and no source", () => {
    const { f } = received();
    const none = 999 as AttachmentId;
    expect([
      f.store.attachments.write(none),
      f.store.attachments.read(none),
      f.store.attachments.get(none),
    ]).toEqual([null, null, null]);
  });
});
