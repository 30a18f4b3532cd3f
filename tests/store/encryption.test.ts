import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "../../electron/store/open.ts";
import { CONTENT, Fixture, tempDir } from "./support.ts";
import { ACCOUNT, KEY, mail, manualClock, mustOpen, open } from "./support-core.ts";

const CANARY = "Xylophonquittenmus";
const FORMS = [
  Buffer.from(CANARY),
  Buffer.from(CANARY.toLowerCase()),
  Buffer.from(CANARY, "utf16le"),
  Buffer.from(Buffer.from(CANARY).toString("base64").slice(2, 20)),
  Buffer.from(CANARY.slice(0, 9)),
];

/** The canary in every place where text is kept. */
function soaked(): Fixture {
  const f = new Fixture();
  const person = { name: CANARY, email: `${CANARY}@example.com` };
  const body = { kind: "html" as const, data: `<p>${CANARY} `.repeat(2000), truncated: false, size: 1 };
  const file = {
    fileReference: CANARY,
    name: `${CANARY}.pdf`,
    type: CANARY,
    size: 1,
    inline: false,
    contentId: CANARY,
  };
  f.answer("in", {
    added: [
      mail("1", {
        subject: CANARY,
        from: [person],
        to: [person],
        cc: [person],
        preview: CANARY,
        body,
        attachments: [file],
      }),
    ],
  });
  const row = f.row("in", CANARY);
  const writer = f.store.attachments.write(f.store.mail.open(row.id)?.attachments[0]?.id ?? (0 as never));
  writer?.append(Buffer.from(CANARY.repeat(30_000)));
  writer?.finish(CANARY);
  const content = { ...CONTENT, to: [person], subject: CANARY, html: CANARY };
  const { id } = f.store.drafts.create({ accountId: ACCOUNT, mode: "new", sourceId: null, content });
  f.store.drafts.attach(id, { name: CANARY, type: CANARY, bytes: Buffer.from(CANARY.repeat(100)) });
  f.store.drafts.queue(id, {
    content,
    clientId: CANARY,
    kind: "send",
    mime: [Buffer.from(CANARY.repeat(20_000))],
    notBefore: 0,
  });
  f.sync.outboxFailed(id, CANARY, 1);
  f.rows("in", "all", CANARY);
  f.store.mail.setRead([row.id], true);
  return f;
}

/** Files of the store's folder that hold any form of the canary. */
function leaks(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name));
    return FORMS.some((form) => bytes.includes(form));
  });
}

describe("the canary", () => {
  test("would be found if it were there", () => {
    const folder = tempDir();
    FORMS.forEach((form, index) => {
      writeFileSync(join(folder, `${index}`), Buffer.concat([Buffer.alloc(99, 7), form, Buffer.alloc(9)]));
    });
    expect(leaks(folder)).toHaveLength(FORMS.length);
  });

  test("is in no file while the store is open, the write-ahead log among them", () => {
    const f = soaked();
    expect(existsSync(`${f.path}-wal`)).toBe(true);
    expect(readFileSync(`${f.path}-wal`).byteLength).toBeGreaterThan(1_000_000);
    expect(leaks(dirname(f.path))).toEqual([]);
  });

  test("is in no file after the log went into the database, nor after closing", () => {
    const f = soaked();
    f.store.tidy();
    expect(leaks(dirname(f.path))).toEqual([]);
    f.store.close();
    expect(readdirSync(dirname(f.path))).toEqual(["mail.db"]);
    expect(readFileSync(f.path).byteLength).toBeGreaterThan(1_000_000);
    expect(leaks(dirname(f.path))).toEqual([]);
  });

  test("is in no file after a repair or the removal of the account", () => {
    const f = soaked();
    f.store.repair();
    expect(leaks(dirname(f.path))).toEqual([]);
    f.store.accounts.remove(ACCOUNT);
    f.clock.advance(100);
    f.store.close();
    expect(leaks(dirname(f.path))).toEqual([]);
  });

  test("is found by who has the key", () => {
    const f = soaked();
    f.reopen();
    expect(f.rows("in", "all", CANARY)).toHaveLength(1);
  });
});

describe("the key", () => {
  test("is in no file, raw or as text", () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => (index * 37 + 11) % 256);
    const path = join(tempDir(), "mail.db");
    const opened = open(path, manualClock(), key);
    if (!opened.ok) throw new Error(opened.error.message);
    for (const name of readdirSync(dirname(path))) {
      const bytes = readFileSync(join(dirname(path), name));
      for (const form of [Buffer.from(key), Buffer.from(Buffer.from(key).toString("hex"))])
        expect(bytes.includes(form), name).toBe(false);
    }
    opened.value.close();
  });

  test("that the caller wipes after opening does not hinder the store", () => {
    const path = join(tempDir(), "mail.db");
    const key = new Uint8Array(KEY);
    const opened = open(path, manualClock(), key);
    if (!opened.ok) throw new Error(opened.error.message);
    key.fill(0);
    expect(opened.value.check()).toEqual([]);
    opened.value.close();
    mustOpen(path).close();
  });

  test("is asked for once, and is left as it was", () => {
    const key = new Uint8Array(KEY);
    let asked = 0;
    const keys = {
      databaseKey() {
        asked += 1;
        return key;
      },
    };
    const path = join(tempDir(), "mail.db");
    const opened = openStore({ path, keys, clock: manualClock(), log: () => {}, indexText: (html) => html });
    expect(opened.ok).toBe(true);
    expect(asked).toBe(1);
    expect(key).toEqual(KEY);
    if (opened.ok) opened.value.close();
  });

  test("source that fails is a fault in words, and makes no database", () => {
    const path = join(tempDir(), "mail.db");
    const keys = {
      databaseKey(): Uint8Array {
        throw new Error("the keychain is locked");
      },
    };
    const opened = openStore({ path, keys, clock: manualClock(), log: () => {}, indexText: (html) => html });
    expect(opened).toMatchObject({
      ok: false,
      error: { kind: "unavailable", message: expect.stringContaining("keychain is locked") },
    });
    mustOpen(path).close();
  });

  test.each([0, 1, 2, 3])("of which only byte %i of four differs is another", (index) => {
    const f = new Fixture();
    f.store.close();
    const key = new Uint8Array(KEY);
    const at = index * 8 + 7;
    key[at] = (key[at] ?? 0) ^ 1;
    expect(open(f.path, manualClock(), key)).toMatchObject({ ok: false, error: { kind: "wrong-key" } });
  });

  test("of zeros, of quotes and of text is as good as any: it is bytes, never SQL or a passphrase", () => {
    for (const fill of [0, 0x27, 0x22, 0x3a, 0x61, 0xff]) {
      const path = join(tempDir(), "mail.db");
      const key = new Uint8Array(32).fill(fill);
      const opened = open(path, manualClock(), key);
      expect(opened.ok).toBe(true);
      if (opened.ok) opened.value.close();
      expect(open(path, manualClock(), new Uint8Array(32).fill(fill ^ 1))).toMatchObject({ ok: false });
      const again = open(path, manualClock(), key);
      expect(again.ok).toBe(true);
      if (again.ok) again.value.close();
    }
  });

  test("makes two databases with the same content different in every page", () => {
    const one = soaked();
    const two = soaked();
    for (const f of [one, two]) f.store.close();
    const [a, b] = [readFileSync(one.path), readFileSync(two.path)];
    let same = 0;
    for (let at = 0; at + 8192 <= Math.min(a.byteLength, b.byteLength); at += 8192)
      if (a.subarray(at, at + 8192).equals(b.subarray(at, at + 8192))) same += 1;
    expect(same).toBe(0);
  });
});
