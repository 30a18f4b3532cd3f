import { describe, expect, test } from "vitest";
import type { RemoteMessage } from "../../electron/ports/remote.ts";
import type { FolderId } from "../../shared/model/ids.ts";
import type { MessageRow } from "../../shared/model/mail.ts";
import { seeded } from "./history.ts";
import { count, Fixture } from "./support.ts";
import { mail, START } from "./support-core.ts";

const FOLDERS = ["in", "pr", "tr"] as const;
const FILTERS = ["all", "unread", "flagged"] as const;
const WORDS = ["apple", "apricot", "banana", "cherry", "date"] as const;

interface Item {
  readonly message: RemoteMessage;
  readonly words: readonly string[];
  folder: string;
  read: boolean;
  flagged: boolean;
}

/** The simplest mailbox there can be: a list. What the store shows must be what this says. */
class Model {
  readonly items = new Map<string, Item>();
  readonly f: Fixture;
  readonly random: () => number;
  private next = 1;

  constructor(seed: number) {
    this.f = new Fixture();
    this.random = seeded(seed);
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** One answer with so many new messages; dates repeat, so that ids must break ties. */
  arrive(amount: number): void {
    const folder = this.pick(FOLDERS);
    const added: RemoteMessage[] = [];
    for (let n = 0; n < amount; n += 1) {
      const words = WORDS.filter(() => this.random() < 0.4);
      const message = mail(`s${this.next}`, {
        subject: `Item ${this.next}`,
        from: [],
        to: [],
        date: START - this.below(20) * 1000,
        read: this.random() < 0.5,
        flagged: this.random() < 0.3,
        body: { kind: "text", data: words.join(" "), truncated: false, size: 1 },
      });
      this.next += 1;
      added.push(message);
      this.items.set(message.subject ?? "", {
        message,
        words,
        folder,
        read: message.read ?? false,
        flagged: message.flagged ?? false,
      });
    }
    this.f.answer(folder, { added });
  }

  /** An action of the user's on some of what a folder shows. */
  act(): void {
    const { mail: store } = this.f.store;
    const rows = this.f.rows(this.pick(FOLDERS)).filter(() => this.random() < 0.3);
    const ids = rows.map((row) => row.id);
    const items = rows.map((row) => this.of(row));
    const value = this.random() < 0.5;
    const what = this.random();
    const target = this.pick(FOLDERS);
    if (what < 0.35) {
      store.setRead(ids, value);
      for (const item of items) item.read = value;
    } else if (what < 0.7) {
      store.setFlag(ids, value);
      for (const item of items) item.flagged = value;
    } else if (what < 0.9) {
      store.move(ids, this.f.folderId(target));
      for (const item of items) item.folder = target;
    } else {
      store.remove(ids);
      for (const item of items) item.folder = item.folder === "tr" ? "nowhere" : "tr";
    }
  }

  private of(row: MessageRow): Item {
    const item = this.items.get(row.subject);
    if (item === undefined) throw new Error(`the model has no ${row.subject}`);
    return item;
  }

  /** What a scope must hold, in its order. */
  expected(folder: string, filter: (typeof FILTERS)[number], query: string): string[] {
    const rows = new Map(this.f.rows(folder).map((row) => [row.subject, row.id]));
    const prefixes = query.split(" ").filter((word) => word !== "");
    return [...this.items]
      .filter(([, item]) => item.folder === folder)
      .filter(([, item]) => (filter === "unread" ? !item.read : filter === "all" || item.flagged))
      .filter(([, item]) => prefixes.every((prefix) => item.words.some((word) => word.startsWith(prefix))))
      .sort(
        ([a, left], [b, right]) =>
          (right.message.date ?? 0) - (left.message.date ?? 0) || (rows.get(b) ?? 0) - (rows.get(a) ?? 0),
      )
      .map(([subject]) => subject);
  }
}

const QUERIES = ["", "a", "ap", "apple", "banana cherry", "d a", "zzz"] as const;

describe("whatever was done before", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "every scope holds what a simple list holds, in its order, on every page (seed %i)",
    (seed) => {
      const model = new Model(seed);
      for (const folder of FOLDERS) model.f.answer(folder);
      for (let n = 0; n < 6; n += 1) model.arrive(1 + model.below(12));
      for (let n = 0; n < 20; n += 1) {
        if (model.random() < 0.3) model.arrive(model.below(6));
        else model.act();
        const folder = model.pick(FOLDERS);
        const filter = model.pick(FILTERS);
        const query = model.pick(QUERIES);
        const scope = { folderId: model.f.folderId(folder), filter, query };
        const expected = model.expected(folder, filter, query);
        const whole = model.f.store.mail.page(scope, 0, 500);
        expect(whole.rows.map((row) => row.subject)).toEqual(expected);
        expect(whole.total).toBe(expected.length);
        const offset = model.below(expected.length + 3);
        const limit = 1 + model.below(10);
        expect(model.f.store.mail.page(scope, offset, limit)).toEqual({
          total: expected.length,
          rows: whole.rows.slice(offset, offset + limit),
        });
        whole.rows.forEach((row, index) => {
          if (index % 3 === 0) expect(model.f.store.mail.indexOf(scope, row.id)).toBe(index);
        });
      }
    },
  );

  test.each([11, 12, 13, 14])("the counters are what counting says (seed %i)", (seed) => {
    const model = new Model(seed);
    for (let n = 0; n < 40; n += 1) {
      if (model.random() < 0.4) model.arrive(model.below(8));
      else model.act();
      if (n % 10 === 7) {
        const intents = model.f.sync.intents(20);
        const verdicts = intents.map((intent) => {
          const done = model.random() < 0.6;
          return done
            ? { intentId: intent.id, verdict: "done" as const, newServerId: `x${intent.id}` }
            : { intentId: intent.id, verdict: "revert" as const, reason: "" };
        });
        model.f.sync.settleIntents(verdicts);
      }
      if (n === 25) model.f.sync.resetCollection(model.f.folderId("in"));
    }
    for (const column of ["total", "unread", "flagged"] as const) {
      const condition = { total: "", unread: "AND m.read = 0", flagged: "AND m.flagged = 1" }[column];
      const wrong = count(
        model.f.path,
        `SELECT count(*) FROM folders f WHERE f.${column} <>
           (SELECT count(*) FROM messages m WHERE m.folder_id = f.id ${condition})`,
      );
      expect(`${column} ${wrong}`).toBe(`${column} 0`);
    }
    for (const collection of model.f.sync.collections())
      expect(collection.stored).toBe(
        count(model.f.path, "SELECT count(*) FROM messages WHERE folder_id = ?", collection.folderId),
      );
  });

  test("the counters of a folder never go below zero, and end at zero with its mail", () => {
    const model = new Model(21);
    for (let n = 0; n < 10; n += 1) model.arrive(5);
    for (let n = 0; n < 15; n += 1) model.act();
    expect(
      count(model.f.path, "SELECT min(min(total, unread, flagged)) FROM folders"),
    ).toBeGreaterThanOrEqual(0);
    model.f.store.repair();
    expect(count(model.f.path, "SELECT sum(total + unread + flagged) FROM folders")).toBe(0);
  });
});

describe("a page", () => {
  const scopeOf = (folderId: FolderId) => ({ folderId, filter: "all", query: "" }) as const;

  test("holds rows of equal date by descending id, and each row once over all pages", () => {
    const f = new Fixture();
    f.answer("in", { added: Array.from({ length: 57 }, (_, n) => mail(`${n}`, { date: START })) });
    const scope = scopeOf(f.folderId("in"));
    const ids: number[] = [];
    for (let offset = 0; offset < 57; offset += 10)
      ids.push(...f.store.mail.page(scope, offset, 10).rows.map((row) => row.id));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(57);
  });

  test.each([0, 1, -1, 1e12, -62_000_000_000_000])("sorts a date of %i as any other", (date) => {
    const f = new Fixture();
    f.answer("in", {
      added: [mail("a", { date }), mail("b", { date: date + 1 }), mail("c", { date: date - 1 })],
    });
    expect(f.subjects("in")).toEqual(["Subject b", "Subject a", "Subject c"]);
    expect(f.row("in", "Subject a").date).toBe(date);
  });

  test("a message without a date stands at the time of the answer that brought it", () => {
    const f = new Fixture();
    const { date: _, ...undated } = mail("a");
    f.answer("in", { added: [undated] });
    expect(f.row("in", "Subject a").date).toBe(f.clock.now());
  });

  test("a message whose date the server changes moves to its new place", () => {
    const f = new Fixture();
    f.answer("in", { added: [mail("a", { date: START }), mail("b", { date: START - 1000 })] });
    expect(f.subjects("in")).toEqual(["Subject a", "Subject b"]);
    f.answer("in", { changed: [{ serverId: "a", date: START - 2000 }] });
    expect(f.subjects("in")).toEqual(["Subject b", "Subject a"]);
  });

  test("pages of a search stay the same while nothing changes, and follow when something does", () => {
    const f = new Fixture();
    f.answer("in", { added: Array.from({ length: 30 }, (_, n) => mail(`${n}`)) });
    const scope = { ...scopeOf(f.folderId("in")), query: "body" };
    const first = f.store.mail.page(scope, 0, 500);
    expect(f.store.mail.page(scope, 0, 500)).toEqual(first);
    expect(first.total).toBe(30);
    f.answer("in", { added: [mail("new", { date: START + 1 })], deleted: ["3", "4"] });
    const second = f.store.mail.page(scope, 0, 500);
    expect(second.total).toBe(29);
    expect(second.rows[0]?.subject).toBe("Subject new");
  });

  test("more searches than are kept at a time do not disturb each other", () => {
    const f = new Fixture();
    const words = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu"];
    f.answer("in", { added: words.map((word) => mail(word, { subject: word })) });
    for (let round = 0; round < 3; round += 1)
      for (const word of words) expect(f.rows("in", "all", word).map((row) => row.subject)).toEqual([word]);
  });

  test("the same query in two folders and three filters gives six different lists", () => {
    const f = new Fixture();
    f.answer("in", {
      added: [mail("1"), mail("2", { read: true }), mail("3", { read: true, flagged: true })],
    });
    f.answer("pr", { added: [mail("4", { flagged: true }), mail("5", { read: true })] });
    const found = (folder: string, filter: (typeof FILTERS)[number]) =>
      f
        .rows(folder, filter, "body")
        .map((row) => row.subject.slice(-1))
        .sort()
        .join("");
    expect(FILTERS.map((filter) => found("in", filter))).toEqual(["123", "1", "3"]);
    expect(FILTERS.map((filter) => found("pr", filter))).toEqual(["45", "4", "4"]);
  });
});
