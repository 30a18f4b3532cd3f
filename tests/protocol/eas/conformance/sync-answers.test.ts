import { describe, expect, it } from "vitest";
import type { Recovery } from "../../../../electron/ports/remote.ts";
import { createSyncReader } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { encode } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { tree, wire, xml } from "./notation.ts";

function reply(text: string, chunk = Number.POSITIVE_INFINITY) {
  const data = wire(xml("AirSync", text));
  const reader = createSyncReader();
  for (let at = 0; at < data.length; at += chunk) reader.push(data.subarray(at, at + chunk));
  return reader.finish();
}

function read(text: string) {
  const result = reply(text);
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value;
}

const collection = (
  inner: string,
  head = "<SyncKey>2</SyncKey><CollectionId>7</CollectionId><Status>1</Status>",
) => `<Sync><Collections><Collection>${head}${inner}</Collection></Collections></Sync>`;
const answer = (inner: string) => read(collection(inner)).answer;
const item = (name: string, id: string, data = "") =>
  `<${name}><ServerId>${id}</ServerId><ApplicationData>${data}</ApplicationData></${name}>`;

const quiet = {
  syncKey: "2",
  moreAvailable: false,
  added: [],
  changed: [],
  deleted: [],
  verdicts: [],
  unreadable: { count: 0, reason: null },
};

describe("the frame of an answer (MS-ASCMD 2.2.1.21, schema 6.46)", () => {
  it.each([
    ["minimal: key, id and status", collection(""), quiet],
    ["a class, as before 14.0", collection("<Class>Email</Class>"), quiet],
    [
      "the status of the whole beside the collection's",
      collection("").replace("<Sync>", "<Sync><Status>1</Status>"),
      quiet,
    ],
    [
      "no status of the collection",
      collection("", "<SyncKey>2</SyncKey><CollectionId>7</CollectionId>"),
      quiet,
    ],
    [
      "children in another order",
      collection("", "<Status>1</Status><CollectionId>7</CollectionId><SyncKey>2</SyncKey>"),
      quiet,
    ],
    ["more to come", collection("<MoreAvailable />"), { ...quiet, moreAvailable: true }],
    [
      "more to come, with content",
      collection("<MoreAvailable>0</MoreAvailable>"),
      { ...quiet, moreAvailable: true },
    ],
    [
      "more to come, told last",
      collection(`<Commands>${item("Add", "7:1")}</Commands><MoreAvailable />`),
      {
        ...quiet,
        moreAvailable: true,
        added: [{ serverId: "7:1", attachments: [] }],
      },
    ],
    ["empty commands and responses", collection("<Responses></Responses><Commands></Commands>"), quiet],
    [
      "elements nobody knows there",
      collection("<email:Subject>x</email:Subject><gal:Title>y</gal:Title>"),
      quiet,
    ],
    [
      "a key in braces, as SOGo's",
      collection("", "<SyncKey>{a-1}</SyncKey><Status>1</Status>"),
      { ...quiet, syncKey: "{a-1}" },
    ],
    ["the first of two keys", collection("<SyncKey>9</SyncKey>"), quiet],
  ])("%s", (_name, text, expected) => {
    expect(read(text)).toEqual({ status: 1, recovery: "ok", answer: expected, warnings: [] });
  });

  it.each([
    ["no key", collection("", "<CollectionId>7</CollectionId><Status>1</Status>")],
    ["an empty key", collection("", "<SyncKey /><CollectionId>7</CollectionId><Status>1</Status>")],
    [
      "a key of another namespace",
      collection("", "<folderhierarchy:SyncKey>2</folderhierarchy:SyncKey><Status>1</Status>"),
    ],
    ["another root", "<Collections></Collections>"],
    ["the same root in another namespace", "<ping:Ping></ping:Ping>"],
    [
      "two collections, when one was asked for",
      collection("").replace(
        "</Collection>",
        `</Collection><Collection>${"<SyncKey>5</SyncKey>"}</Collection>`,
      ),
    ],
  ])("%s is refused", (_name, text) => {
    expect(reply(text)).toMatchObject({ ok: false, error: { kind: "content" } });
  });

  it("items of a second collection never become items of the first", () => {
    const two = `<Sync><Collections>
      <Collection><SyncKey>2</SyncKey><CollectionId>7</CollectionId><Status>1</Status></Collection>
      <Collection><SyncKey>4</SyncKey><CollectionId>8</CollectionId><Status>1</Status>
        <Commands>${item("Add", "8:1")}</Commands></Collection>
    </Collections></Sync>`;
    for (const chunk of [1, 7, 1_000])
      expect(reply(two, chunk)).toMatchObject({ ok: false, error: { kind: "content" } });
  });

  /** Each status at each of its two places, with what MS-ASCMD 2.2.3.177.17 and 2.2.2 say that it means. */
  const statuses: readonly [number, Recovery, string][] = [
    [3, "resync-collection", "the key is not ours any more: from 0 again"],
    [4, "give-up", "the request itself is wrong, as repeating it would be"],
    [5, "retry-later", "the server failed or is misconfigured"],
    [8, "object-gone", "the collection is gone"],
    [9, "give-up", "the mailbox is full"],
    [12, "resync-folders", "folders changed: FolderSync first"],
    [13, "retry", "the server wants the request whole"],
    [14, "adapt", "the wait is out of bounds"],
    [15, "give-up", "too many collections"],
    [16, "retry", "passing: the same again"],
    [110, "retry-later", "a server's failure of any command"],
    [126, "device-blocked", "this user may not synchronise"],
    [132, "resync-folders", "the server lost the state"],
    [140, "provision", "a wipe waits in Provision"],
    [142, "provision", "no policy accepted yet"],
    [143, "provision", "the policy is due again"],
    [144, "provision", "the key is not the policy's"],
    [177, "device-blocked", "too many devices"],
    [2, "give-up", "defined nowhere"],
    [999, "give-up", "defined nowhere"],
  ];

  it.each(statuses)("status %i: %s, because %s", (status, recovery) => {
    const failed = { status, recovery, answer: null };
    expect(read(`<Sync><Status>${status}</Status></Sync>`)).toMatchObject(failed);
    expect(read(collection("", `<SyncKey>2</SyncKey><Status>${status}</Status>`))).toMatchObject(failed);
  });

  it.each(["", "OK", "-1", "1.0", "0x1", "1e0", "10000000000", "１"])(
    "a status of %j is no success",
    (status) => {
      const failed = { status: 0, recovery: "give-up", answer: null };
      expect(read(`<Sync><Status>${status}</Status></Sync>`)).toMatchObject(failed);
      expect(read(collection("", `<SyncKey>2</SyncKey><Status>${status}</Status>`))).toMatchObject(failed);
    },
  );

  it("failure of the whole outweighs a collection that says otherwise", () => {
    expect(read(collection("").replace("<Sync>", "<Sync><Status>5</Status>"))).toMatchObject({
      status: 5,
      answer: null,
    });
  });

  it("neither status nor collection is no answer", () => {
    for (const text of [
      "<Sync />",
      "<Sync><Status>1</Status></Sync>",
      "<Sync><Collections></Collections></Sync>",
    ]) {
      expect(read(text)).toMatchObject({ status: 0, recovery: "give-up", answer: null });
    }
  });

  it("cut anywhere, whatever its items, nothing of it is an answer", () => {
    const data = wire(
      xml("AirSync", collection(`<Commands>${item("Add", "7:1")}${item("Change", "7:2")}</Commands>`)),
    );
    for (let end = 0; end < data.length; end += 1) {
      const reader = createSyncReader();
      reader.push(data.subarray(0, end));
      expect(reader.finish()).toMatchObject({ ok: false, error: { kind: "truncated" } });
    }
  });
});

describe("the server's commands", () => {
  it("of every kind, in every order, land where they belong", () => {
    const found = answer(
      `<Commands>${item("Change", "7:2", "<email:Read>1</email:Read>")}<Delete><ServerId>7:3</ServerId></Delete>
        ${item("Add", "7:1")}<SoftDelete><ServerId>7:4</ServerId></SoftDelete>${item("Add", "7:5")}
        <Delete><Class>Email</Class><ServerId>7:6</ServerId></Delete></Commands>`,
    );
    expect(found).toEqual({
      ...quiet,
      added: [
        { serverId: "7:1", attachments: [] },
        { serverId: "7:5", attachments: [] },
      ],
      changed: [{ serverId: "7:2", read: true }],
      deleted: ["7:3", "7:4", "7:6"],
    });
  });

  it.each([
    ["an Add without an id", "<Add><ApplicationData></ApplicationData></Add>", "Add without ServerId"],
    ["an Add with an empty id", "<Add><ServerId /></Add>", "Add without ServerId"],
    ["an Add with only a client's id", "<Add><ClientId>1</ClientId></Add>", "Add without ServerId"],
    [
      "a Change without an id",
      "<Change><ApplicationData></ApplicationData></Change>",
      "Change without ServerId",
    ],
    ["a Delete without an id", "<Delete />", "Delete without ServerId"],
    ["a SoftDelete without an id", "<SoftDelete></SoftDelete>", "SoftDelete without ServerId"],
    [
      "an id of another namespace",
      "<Delete><folderhierarchy:ServerId>7</folderhierarchy:ServerId></Delete>",
      "Delete without ServerId",
    ],
  ])("%s is left out, counted and named; its neighbours stay", (_name, broken, reason) => {
    const found = answer(`<Commands>${item("Add", "7:1")}${broken}${item("Add", "7:2")}</Commands>`);
    expect(found?.added.map(({ serverId }) => serverId)).toEqual(["7:1", "7:2"]);
    expect(found?.unreadable).toEqual({ count: 1, reason });
    expect(found?.deleted).toEqual([]);
  });

  it("only the first reason is kept, however many there are", () => {
    const found = answer(`<Commands><Delete />${"<Add />".repeat(99)}</Commands>`);
    expect(found?.unreadable).toEqual({ count: 100, reason: "Delete without ServerId" });
  });

  it("without data add a message of which nothing is known, and change nothing", () => {
    const found = answer(
      "<Commands><Add><ServerId>7:1</ServerId></Add><Change><ServerId>7:2</ServerId></Change></Commands>",
    );
    expect(found?.added).toEqual([{ serverId: "7:1", attachments: [] }]);
    expect(found?.changed).toEqual([{ serverId: "7:2" }]);
  });

  it("that nobody knows are passed by", () => {
    const found = answer(`<Commands><Fetch><ServerId>7:9</ServerId></Fetch>${item("Add", "7:1")}</Commands>`);
    expect(found?.added).toHaveLength(1);
    expect(found?.unreadable.count).toBe(0);
  });

  it("for the same message twice stay in their order: the store applies them so", () => {
    const found = answer(
      `<Commands>${item("Change", "7:1", "<email:Read>1</email:Read>")}${item("Change", "7:1", "<email:Read>0</email:Read>")}</Commands>`,
    );
    expect(found?.changed.map(({ read: seen }) => seen)).toEqual([true, false]);
  });

  it("named like a child of theirs do not confuse: a Delete within data is no deletion", () => {
    const found = answer(
      `<Commands>${item("Add", "7:1", "<airsyncbase:Attachments><airsyncbase:Delete><airsyncbase:FileReference>r</airsyncbase:FileReference></airsyncbase:Delete></airsyncbase:Attachments>")}</Commands>`,
    );
    expect(found?.deleted).toEqual([]);
    expect(found?.added).toEqual([{ serverId: "7:1", attachments: [] }]);
  });

  it("may be five hundred and twelve, the most that a window has, in any chunks", () => {
    const many = Array.from({ length: 512 }, (_, index) =>
      item("Add", `7:${index}`, `<email:Subject>S${index}</email:Subject>`),
    );
    const text = collection(`<MoreAvailable /><Commands>${many.join("")}</Commands>`);
    const whole = reply(text);
    expect(whole).toMatchObject({ ok: true, value: { answer: { moreAvailable: true } } });
    expect(whole.ok && whole.value.answer?.added.map(({ subject }) => subject)).toEqual(
      many.map((_, index) => `S${index}`),
    );
    for (const chunk of [61, 1_000]) expect(reply(text, chunk)).toEqual(whole);
  });
});

describe("verdicts on our commands (MS-ASCMD 2.2.3.154)", () => {
  const verdicts = (inner: string) => answer(`<Responses>${inner}</Responses>`)?.verdicts;

  it.each([
    ["1", 1, "ok"],
    ["6", 6, "give-up"],
    ["7", 7, "server-won"],
    ["8", 8, "object-gone"],
    ["9", 9, "give-up"],
    ["5", 5, "retry-later"],
    ["16", 16, "retry"],
    ["155", 155, "give-up"],
    ["", 0, "give-up"],
    ["ok", 0, "give-up"],
    ["-8", 0, "give-up"],
  ])("a Change of status %j", (text, status, recovery) => {
    const change = `<Change><ServerId>7:1</ServerId><Status>${text}</Status></Change>`;
    expect(verdicts(change)).toEqual([{ serverId: "7:1", status, recovery }]);
  });

  it("a Delete and a Fetch have verdicts of the same kind", () => {
    expect(
      verdicts(
        "<Delete><ServerId>7:1</ServerId><Status>8</Status></Delete><Fetch><ServerId>7:2</ServerId><Status>1</Status></Fetch>",
      ),
    ).toEqual([
      { serverId: "7:1", status: 8, recovery: "object-gone" },
      { serverId: "7:2", status: 1, recovery: "ok" },
    ]);
  });

  it("an Add is told by its client's id until it has another: not ours to read", () => {
    expect(verdicts("<Add><ClientId>c</ClientId><Status>1</Status></Add>")).toEqual([]);
    expect(verdicts("<Add><ClientId>c</ClientId><ServerId>7:9</ServerId><Status>1</Status></Add>")).toEqual([
      { serverId: "7:9", status: 1, recovery: "ok" },
    ]);
  });

  it("data that a verdict carries is no message of the answer", () => {
    const found = answer(
      "<Responses><Fetch><ServerId>7:2</ServerId><Status>1</Status><ApplicationData><email:Subject>x</email:Subject></ApplicationData></Fetch></Responses>",
    );
    expect(found?.added).toEqual([]);
    expect(found?.changed).toEqual([]);
  });

  it("without a status the command was carried out", () => {
    expect(verdicts("<Change><ServerId>7:1</ServerId></Change>")).toEqual([
      { serverId: "7:1", status: 1, recovery: "ok" },
    ]);
  });

  it("come before or after the server's commands", () => {
    const responses = "<Responses><Change><ServerId>7:1</ServerId><Status>7</Status></Change></Responses>";
    const commands = `<Commands>${item("Change", "7:1", "<email:Read>0</email:Read>")}</Commands>`;
    expect(answer(responses + commands)).toEqual(answer(commands + responses));
    expect(answer(responses + commands)).toMatchObject({
      changed: [{ serverId: "7:1", read: false }],
      verdicts: [{ serverId: "7:1", status: 7, recovery: "server-won" }],
    });
  });
});

describe("warnings", () => {
  it("name what is newer than we are, and cost nothing else", () => {
    const root = tree(
      xml("AirSync", collection(`<Commands>${item("Add", "7:1", "<email:Read>1</email:Read>")}</Commands>`)),
    );
    const data = encode(root);
    // A tag of page 0 without a name, put before the last END of Sync.
    const stranger = Uint8Array.from([...data.subarray(0, -1), 0x00, 0x00, 0x3f, 0x01]);
    const reader = createSyncReader();
    reader.push(stranger);
    const result = reader.finish();
    expect(result).toMatchObject({
      ok: true,
      value: {
        answer: { added: [{ serverId: "7:1", read: true }] },
        warnings: [{ kind: "unknown-token", page: 0, token: 0x3f }],
      },
    });
  });
});
