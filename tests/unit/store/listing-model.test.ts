import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RemoteMessage } from "../../../electron/ports/remote.ts";
import type { ListScope } from "../../../shared/contract/mail.ts";
import { Fixture } from "../../store/support.ts";
import { mail } from "../../store/support-core.ts";
import { SEED, scopeOf } from "../../support/store/workbench.ts";

const FILTERS = ["all", "unread", "flagged"] as const;

interface Item {
  readonly serverId: string;
  date: number;
  read: boolean;
  flagged: boolean;
}

/** A folder as simple as can be: what came later has the higher id, so equal dates list the later one first. */
class ModelFolder {
  readonly items: Item[] = [];

  list(filter: ListScope["filter"]): string[] {
    return this.items
      .map((item, arrival) => ({ item, arrival }))
      .filter(({ item }) => filter === "all" || (filter === "unread" ? !item.read : item.flagged))
      .sort((a, b) => b.item.date - a.item.date || b.arrival - a.arrival)
      .map(({ item }) => item.serverId);
  }
}

const ITEMS = fc.array(
  fc.record({ date: fc.integer({ min: 0, max: 5 }), read: fc.boolean(), flagged: fc.boolean() }),
  { minLength: 0, maxLength: 24 },
);

function remote(item: Item): RemoteMessage {
  return mail(item.serverId, { ...item, subject: item.serverId });
}

function ids(f: Fixture, scope: ListScope, offset: number, limit: number): string[] {
  return f.store.mail.page(scope, offset, limit).rows.map((row) => row.subject);
}

/** Every page of every size, and the place of every row, against the model. */
function agree(f: Fixture, serverId: string, model: ModelFolder, limits: readonly number[]): void {
  for (const filter of FILTERS) {
    const scope = scopeOf(f, serverId, filter);
    const expected = model.list(filter);
    for (const limit of limits)
      for (let offset = 0; offset <= expected.length + 1; offset += 1) {
        expect(ids(f, scope, offset, limit)).toEqual(expected.slice(offset, offset + limit));
        expect(f.store.mail.page(scope, offset, limit).total).toBe(expected.length);
      }
    for (const row of f.rows(serverId)) {
      const at = f.store.mail.indexOf(scope, row.id);
      expect(at).toBe(expected.includes(row.subject) ? expected.indexOf(row.subject) : null);
    }
  }
  expect(f.counts(serverId)).toEqual({
    total: model.list("all").length,
    unread: model.list("unread").length,
  });
}

describe("lists beside a model", () => {
  test.each([1, 2, 3, 4, 5, 6])("every page of a mailbox with equal dates (mailbox %i)", (seed) => {
    const [generated = []] = fc.sample(ITEMS, { seed: SEED + seed, numRuns: 1 });
    const f = new Fixture();
    const model = new ModelFolder();
    for (const [index, item] of generated.entries()) model.items.push({ serverId: `m${index}`, ...item });
    f.answer("in", { added: model.items.map(remote) });
    agree(f, "in", model, [1, 2, 3, 7, 500]);
  });

  test.each([11, 12, 13])("while the server adds, changes and deletes (history %i)", (seed) => {
    const f = new Fixture();
    const model = new ModelFolder();
    const steps = fc.sample(
      fc.record({
        kind: fc.constantFrom("add", "add", "add", "change", "delete"),
        at: fc.nat(),
        date: fc.integer({ min: 0, max: 4 }),
        read: fc.boolean(),
        flagged: fc.boolean(),
      }),
      { seed: SEED + seed, numRuns: 40 },
    );
    for (const [number, { kind, at, ...state }] of steps.entries()) {
      const known = model.items[at % Math.max(1, model.items.length)];
      if (kind === "add" || known === undefined) {
        const item = { serverId: `m${number}`, ...state };
        model.items.push(item);
        f.answer("in", { added: [remote(item)] });
      } else if (kind === "change") {
        Object.assign(known, state);
        f.answer("in", { changed: [{ serverId: known.serverId, ...state }] });
      } else {
        model.items.splice(model.items.indexOf(known), 1);
        f.answer("in", { deleted: [known.serverId] });
      }
      for (const filter of FILTERS)
        expect(ids(f, scopeOf(f, "in", filter), 0, 500)).toEqual(model.list(filter));
    }
    agree(f, "in", model, [1, 5]);
  });

  test.each([21, 22, 23])("while the user reads, flags, moves and deletes (history %i)", (seed) => {
    const f = new Fixture();
    const folders = new Map(["in", "pr", "tr"].map((name) => [name, new ModelFolder()]));
    const inbox = folders.get("in") ?? new ModelFolder();
    for (let n = 0; n < 12; n += 1)
      inbox.items.push({ serverId: `m${n}`, date: n % 3, read: n % 2 === 0, flagged: n % 5 === 0 });
    f.answer("in", { added: inbox.items.map(remote) });
    const arrival = inbox.items.map((item) => item.serverId);
    const sorted = (model: ModelFolder) =>
      model.items.sort((a, b) => arrival.indexOf(a.serverId) - arrival.indexOf(b.serverId));
    const steps = fc.sample(
      fc.record({
        kind: fc.constantFrom("read", "unread", "flag", "unflag", "move", "remove"),
        from: fc.constantFrom(...folders.keys()),
        to: fc.constantFrom(...folders.keys()),
        at: fc.nat(),
      }),
      { seed: SEED + seed, numRuns: 50 },
    );
    for (const { kind, from, to, at } of steps) {
      const source = folders.get(from);
      const item = source?.items[at % Math.max(1, source.items.length)];
      if (source === undefined || item === undefined) continue;
      const id = f.row(from, item.serverId).id;
      const goesTo = (name: string | null) => {
        source.items.splice(source.items.indexOf(item), 1);
        const target = name === null ? undefined : folders.get(name);
        target?.items.push(item);
        if (target !== undefined) sorted(target);
      };
      if (kind === "read" || kind === "unread") {
        item.read = kind === "read";
        f.store.mail.setRead([id], item.read);
      } else if (kind === "flag" || kind === "unflag") {
        item.flagged = kind === "flag";
        f.store.mail.setFlag([id], item.flagged);
      } else if (kind === "move") {
        if (from !== to) goesTo(to);
        f.store.mail.move([id], f.folderId(to));
      } else {
        goesTo(from === "tr" ? null : "tr");
        f.store.mail.remove([id]);
      }
      for (const [name, model] of folders)
        for (const filter of FILTERS)
          expect(ids(f, scopeOf(f, name, filter), 0, 500)).toEqual(model.list(filter));
    }
    for (const [name, model] of folders) agree(f, name, model, [1, 3]);
  });

  test.each([
    [0, 500, 500],
    [0, 501, 501],
    [250, 1, 1],
    [499, 500, 2],
    [500, 500, 1],
    [501, 500, 0],
    [Number.MAX_SAFE_INTEGER, 1, 0],
  ])("offset %i with limit %i of 501 rows gives %i", (offset, limit, expected) => {
    const f = new Fixture();
    f.answer("in", { added: Array.from({ length: 501 }, (_, n) => mail(`m${n}`, { date: 5 })) });
    const page = f.store.mail.page(scopeOf(f, "in"), offset, limit);
    expect([page.total, page.rows.length]).toEqual([501, expected]);
  });

  test("dates before 1970 and far ahead are in order with the others", () => {
    const f = new Fixture();
    const dates = [0, -1, 1, -8.64e15, 8.64e15, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    f.answer("in", { added: dates.map((date) => mail(`${date}`, { date })) });
    expect(f.rows("in").map((row) => row.date)).toEqual([...dates].sort((a, b) => b - a));
    for (const [index, row] of f.rows("in").entries())
      expect(f.store.mail.indexOf(scopeOf(f, "in"), row.id)).toBe(index);
  });

  test("a message without a date stands at the time of the answer that brought it", () => {
    const f = new Fixture();
    f.answer("in", { added: [{ serverId: "bare" }], at: 1_234_567 });
    expect(f.rows("in")).toMatchObject([
      { date: 1_234_567, subject: "", from: { name: "", email: "" }, to: "", unread: true, flagged: false },
    ]);
  });
});
