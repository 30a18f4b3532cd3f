import { describe, expect, test } from "vitest";
import { connect } from "../../electron/store/db/connection.ts";
import { pageSql } from "../../electron/store/mail/listing.ts";
import { LIST_INDEX } from "../../electron/store/mail/rows.ts";
import { indexable, matchExpression } from "../../electron/store/search-text.ts";
import { seeded } from "./history.ts";
import { Fixture } from "./support.ts";
import { addAccount, FOLDERS, KEY, mail, OTHER, START } from "./support-core.ts";

/** A folder of `count` messages in a shuffled order of dates, some of them equal. */
function crowd(count: number): Fixture {
  const f = new Fixture();
  const random = seeded(5);
  const added = Array.from({ length: count }, (_, index) =>
    mail(`${index}`, {
      date: START - Math.floor(random() * count) * 1000,
      read: random() < 0.5,
      flagged: random() < 0.1,
      body: { kind: "text", data: index % 3 === 0 ? "common rare" : "common", truncated: false, size: 1 },
    }),
  );
  f.answer("in", { added });
  return f;
}

describe("pages", () => {
  test("any page of any filter is the part of the whole that it should be", () => {
    const f = crowd(300);
    for (const filter of ["all", "unread", "flagged"] as const) {
      const scope = { folderId: f.folderId("in"), filter, query: "" };
      const whole = f.store.mail.page(scope, 0, 500);
      expect(whole.total).toBe(whole.rows.length);
      const sorted = [...whole.rows].sort((a, b) => b.date - a.date || b.id - a.id);
      expect(whole.rows).toEqual(sorted);
      for (const [offset, limit] of [
        [0, 1],
        [0, 50],
        [1, 7],
        [100, 50],
        [149, 3],
        [150, 50],
        [290, 50],
        [299, 1],
        [300, 10],
        [5000, 5],
      ] as const)
        expect(f.store.mail.page(scope, offset, limit)).toEqual({
          total: whole.total,
          rows: whole.rows.slice(offset, offset + limit),
        });
    }
  });

  test("indexOf is where the row is, in lists and in searches; null where it is not", () => {
    const f = crowd(120);
    for (const filter of ["all", "unread", "flagged"] as const)
      for (const query of ["", "rare"]) {
        const scope = { folderId: f.folderId("in"), filter, query };
        const { rows } = f.store.mail.page(scope, 0, 500);
        expect(rows.length).toBeGreaterThan(0);
        rows.forEach((row, index) => {
          expect(f.store.mail.indexOf(scope, row.id)).toBe(index);
        });
        const inside = new Set(rows.map((row) => row.id));
        for (const row of f.rows("in"))
          if (!inside.has(row.id)) expect(f.store.mail.indexOf(scope, row.id)).toBeNull();
        expect(
          f.store.mail.indexOf(
            { ...scope, folderId: f.folderId("pr") },
            rows[0]?.id ?? f.rows("in")[0]?.id ?? (0 as never),
          ),
        ).toBeNull();
      }
  });

  test("a page takes its ids from one covering index and never scans or sorts", () => {
    const f = crowd(3);
    const opened = connect(f.path, { databaseKey: () => KEY });
    if (!opened.ok) throw new Error(opened.error.message);
    for (const filter of ["all", "unread", "flagged"] as const)
      for (const end of ["start", "end"] as const) {
        const plan = opened.value
          .prepare<[number, number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${pageSql(filter, end)}`)
          .all(1, 100, 50_000)
          .map((step) => step.detail);
        expect(plan.join("\n")).toContain(`USING COVERING INDEX ${LIST_INDEX[filter]} (folder_id=?)`);
        expect(plan.join("\n")).not.toMatch(/TEMP B-TREE|SCAN (m|messages|f|a)\b/);
      }
    opened.value.close();
  });

  test("an unknown folder is empty", () => {
    const f = crowd(2);
    expect(f.store.mail.page({ folderId: 999 as never, filter: "all", query: "" }, 0, 10)).toEqual({
      total: 0,
      rows: [],
    });
    expect(f.store.mail.open(999 as never)).toBeNull();
    expect(f.store.mail.wantBody(999 as never)).toBe(false);
  });

  test("folders of two accounts stand side by side; only mail folders are listed", () => {
    const f = crowd(1);
    const other = addAccount(f.store, OTHER, "otto@example.com");
    other.commitFolders("0", {
      syncKey: "1",
      added: [
        ...FOLDERS,
        { serverId: "cal", parentId: "0", name: "Calendar", role: "user", class: "calendar" },
      ],
      updated: [],
      deleted: [],
    });
    const folders = f.store.mail.folders();
    expect(folders.map((folder) => folder.accountId)).toEqual([
      ...Array(5).fill(f.sync.accountId),
      ...Array(5).fill(OTHER),
    ]);
    const projects = folders.filter((folder) => folder.name === "Projects");
    expect(
      projects.map((folder) => folders.find((parent) => parent.id === folder.parentId)?.accountId),
    ).toEqual([f.sync.accountId, OTHER]);
    expect(other.collections().map((collection) => collection.class)).toContain("calendar");
  });
});

describe("search", () => {
  function library(): Fixture {
    const f = new Fixture();
    const text = (data: string) => ({ kind: "text" as const, data, truncated: false, size: data.length });
    f.answer("in", {
      added: [
        mail("1", {
          subject: "Über die Brücke",
          body: text("the quick brown fox"),
          to: [{ name: "Zoë Quartz", email: "zoe@quartz.example" }],
        }),
        mail("2", { subject: "東京の天気予報", body: text("明日は雨が降る") }),
        mail("3", { subject: "회의 일정", body: text("서울에서 만나요 brown the") }),
        mail("4", {
          subject: "Отчёт за ноябрь",
          body: { kind: "html", data: "<p>Итоги&nbsp;<b>квартала</b></p>", truncated: false, size: 1 },
        }),
        mail("5", {
          subject: "files",
          body: text(""),
          attachments: [
            {
              fileReference: "r",
              name: "Budget-2026 final.xlsx",
              type: "x",
              size: 1,
              inline: false,
              contentId: null,
            },
          ],
        }),
        mail("6", {
          subject: "ไทย",
          body: text("สวัสดีครับ"),
          from: [{ name: "Somchai", email: "somchai@example.org" }],
        }),
      ],
    });
    return f;
  }

  test.each([
    ["brücke", "1"],
    ["BRUCKE", "1"],
    ["uber", "1"],
    ["bru", "1"],
    ["quick fox", "1"],
    ["fox quick", "1"],
    ['"quick brown"', "1"],
    ['"brown quick"', ""],
    ["zoe", "1"],
    ["quartz.example", "1"],
    ["zoe@quartz", "1"],
    ["天気", "2"],
    ["気予", "2"],
    ["雨", "2"],
    ["東京 雨", "2"],
    ["予気", ""],
    ["회의", "3"],
    ["의 일", "3"],
    ["отчёт", "4"],
    ["квартал", "4"],
    ["итоги", "4"],
    ["budget", "5"],
    ["2026", "5"],
    ["xlsx", "5"],
    ["ดีค", "6"],
    ["somchai@example.org", "6"],
    ["brown", "1,3"],
    ["bob builder", "1,2,3,4,5"],
    ["nothing like it", ""],
    ["!!!", ""],
    ['"', ""],
  ])("%s finds %s", (query, expected) => {
    const f = library();
    const found = f.rows("in", "all", query).map((row) => row.subject);
    const subjects = ["Über die Brücke", "東京の天気予報", "회의 일정", "Отчёт за ноябрь", "files", "ไทย"];
    expect(
      found
        .map((subject) => subjects.indexOf(subject) + 1)
        .sort()
        .join(","),
    ).toBe(expected);
  });

  test.each([
    "a OR b",
    "NOT x",
    "subject:fox",
    "fox*",
    "(",
    ")",
    "^fox",
    "a-b",
    "{subject}:x",
    "NEAR(a b)",
    "'",
    "\0",
    '"""',
    'a"b',
    "x".repeat(500),
    "a ".repeat(250),
  ])("no query is an FTS5 expression of its own: %j", (query) => {
    const f = library();
    expect(() => f.rows("in", "all", query)).not.toThrow();
    expect(matchExpression(query)?.split(" AND ").length ?? 0).toBeLessThanOrEqual(16);
  });

  test("each further letter narrows, and a result follows the messages", () => {
    const f = library();
    let last = 7;
    for (const query of ["br", "bro", "brow", "brown", "brown f", "brown fo"]) {
      const { length } = f.rows("in", "all", query);
      expect(length).toBeLessThanOrEqual(last);
      last = length;
    }
    expect(last).toBe(1);
    const [row] = f.rows("in", "all", "fox");
    if (row === undefined) throw new Error("fox");
    f.store.mail.setRead([row.id], true);
    expect(f.rows("in", "all", "fox")[0]?.unread).toBe(false);
    expect(f.rows("in", "unread", "fox")).toEqual([]);
    f.store.mail.move([row.id], f.folderId("pr"));
    expect(f.rows("in", "all", "fox")).toEqual([]);
    expect(f.rows("pr", "all", "fox")).toHaveLength(1);
    f.answer("in", { deleted: ["1"] });
    expect(f.rows("pr", "all", "fox")).toEqual([]);
  });

  test("many hits and few give the same list", () => {
    const f = crowd(1500);
    const total = (filter: "all" | "unread", query: string) =>
      f.store.mail.page({ folderId: f.folderId("in"), filter, query }, 0, 500);
    const all = total("all", "common");
    expect(all.total).toBe(1500);
    expect(all.rows).toEqual(f.rows("in"));
    expect(total("unread", "common").rows).toEqual(f.rows("in", "unread"));
    expect(total("all", "rare").total).toBe(500);
    expect(total("all", "common rare").total).toBe(500);
  });

  test("plain text goes to the index unchanged, other text without what people do not type", () => {
    expect(indexable("Greetings, world-2")).toBe("Greetings, world-2");
    expect(indexable("Grüße, world-2")).toBe("Grusse, world-2");
    expect(indexable("a漢字b")).toBe("a 漢  字 b");
  });
});
