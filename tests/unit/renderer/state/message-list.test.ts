import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createMessageList, indexIn, rowAt } from "../../../../renderer/state/message-list.ts";
import { ok } from "../../../../shared/base/result.ts";
import { ListScopeSchema } from "../../../../shared/contract/mail.ts";
import { MessageIdSchema } from "../../../../shared/model/ids.ts";
import { fakeBridge, rowWith, settle } from "./fake-bridge.ts";

const scope = v.parse(ListScopeSchema, { folderId: 1, filter: "all", query: "" });
const idOf = (id: number) => v.parse(MessageIdSchema, id);

/** A list over ids that the test may change, with timers that the test fires. */
function setUp(ids: number[]) {
  const fake = fakeBridge({
    page: ({ offset, limit }) =>
      ok({ total: ids.length, rows: ids.slice(offset, offset + limit).map((id) => rowWith({ id })) }),
    indexOf: ({ messageId }) => ok(ids.indexOf(messageId) < 0 ? null : ids.indexOf(messageId)),
  });
  const timers: (() => void)[] = [];
  const list = createMessageList(fake.bridge, scope, (run) => {
    timers.push(run);
    return () => {
      timers.splice(timers.indexOf(run), 1);
    };
  });
  const changed = async () => {
    fake.announce("mail.changed", { folderIds: [1], messageIds: null });
    await settle();
    for (const run of timers.splice(0)) run();
    await settle();
  };
  return { ...fake, list, timers, changed };
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => count - at);

describe("the message list", () => {
  it("asks for the first page only, and knows how many rows there are", async () => {
    const { list, calls } = setUp(numbers(1000));
    list.subscribe(() => {});
    await settle();
    expect(list.snapshot().total).toBe(1000);
    expect([...list.snapshot().pages.keys()]).toEqual([0]);
    expect(calls).toEqual(["mail.page"]);
    expect(rowAt(list.snapshot(), 0)?.id).toBe(1000);
    expect(rowAt(list.snapshot(), 100)).toBeUndefined();
  });

  it("fetches the pages that become visible, each once", async () => {
    const { list, calls } = setUp(numbers(1000));
    list.subscribe(() => {});
    await settle();
    list.show(450, 520, null);
    list.show(455, 525, null);
    await settle();
    expect([...list.snapshot().pages.keys()].sort()).toEqual([0, 4, 5]);
    expect(calls).toHaveLength(3);
    expect(rowAt(list.snapshot(), 500)?.id).toBe(500);
  });

  it("holds a bounded number of pages, the nearest ones", async () => {
    const { list } = setUp(numbers(20_000));
    list.subscribe(() => {});
    await settle();
    for (let page = 0; page < 60; page++) {
      list.show(page * 100, page * 100 + 12, null);
      await settle();
    }
    const pages = [...list.snapshot().pages.keys()].sort((a, b) => a - b);
    expect(pages).toHaveLength(24);
    expect(pages[0]).toBe(36);
    expect(pages.at(-1)).toBe(59);
  });

  it("keeps the anchor row known by its id when mail arrives above it", async () => {
    const ids = numbers(1000);
    const { list, changed } = setUp(ids);
    list.subscribe(() => {});
    await settle();
    list.show(500, 512, idOf(499));
    await settle();
    ids.unshift(1003, 1002, 1001);
    await changed();
    expect(list.snapshot().anchor).toEqual({ id: 499, index: 504 });
    expect(rowAt(list.snapshot(), 504)?.id).toBe(499);
    expect(list.snapshot().total).toBe(1003);
  });

  it("loads the page the anchor moved into", async () => {
    const ids = numbers(1000);
    const { list, changed } = setUp(ids);
    list.subscribe(() => {});
    await settle();
    list.show(95, 99, idOf(904));
    await settle();
    ids.unshift(...Array.from({ length: 300 }, (_, at) => 2000 - at));
    await changed();
    expect(list.snapshot().anchor).toEqual({ id: 904, index: 396 });
    expect(rowAt(list.snapshot(), 396)?.id).toBe(904);
  });

  it("has no anchor when its message is gone", async () => {
    const ids = numbers(200);
    const { list, changed } = setUp(ids);
    list.subscribe(() => {});
    await settle();
    list.show(50, 60, idOf(149));
    ids.splice(ids.indexOf(149), 1);
    await changed();
    expect(list.snapshot().anchor).toBeNull();
    expect(list.snapshot().total).toBe(199);
  });

  it("answers many changes with one refresh, and only those of its folder", async () => {
    const { list, announce, calls, timers } = setUp(numbers(10));
    list.subscribe(() => {});
    await settle();
    announce("mail.changed", { folderIds: [2], messageIds: null });
    expect(timers).toHaveLength(0);
    for (let count = 0; count < 5; count++) announce("mail.changed", { folderIds: [1, 2], messageIds: null });
    expect(timers).toHaveLength(1);
    for (const run of timers.splice(0)) run();
    await settle();
    expect(calls).toEqual(["mail.page", "mail.page"]);
    expect(list.snapshot().generation).toBe(2);
  });

  it("asks again when a fresh engine answers", async () => {
    const ids = numbers(10);
    const { list, restart, timers } = setUp(ids);
    list.subscribe(() => {});
    await settle();
    ids.unshift(11);
    restart();
    for (const run of timers.splice(0)) run();
    await settle();
    expect(list.snapshot().total).toBe(11);
  });

  it("starts over when two pages come from different states of the store", async () => {
    const ids = numbers(300);
    const { list } = setUp(ids);
    list.subscribe(() => {});
    await settle();
    ids.unshift(301);
    list.show(100, 110, null);
    await settle();
    expect(list.snapshot().total).toBe(301);
    expect(list.snapshot().generation).toBe(2);
    expect(rowAt(list.snapshot(), 100)?.id).toBe(201);
  });

  it("is silent once nobody looks", async () => {
    const { list, announce, calls, timers } = setUp(numbers(10));
    let seen = 0;
    const end = list.subscribe(() => {
      seen += 1;
    });
    await settle();
    end();
    announce("mail.changed", { folderIds: [1], messageIds: null });
    expect(timers).toHaveLength(0);
    expect(calls).toHaveLength(1);
    expect(seen).toBe(1);
  });

  it("keeps the rows and says what is wrong when the engine fails", async () => {
    let fail = false;
    const fake = fakeBridge({
      page: () =>
        fail
          ? { ok: false, error: { code: "internal", message: "No." } }
          : ok({ total: 1, rows: [rowWith({ id: 1 })] }),
    });
    const list = createMessageList(fake.bridge, scope, (run) => {
      run();
      return () => {};
    });
    list.subscribe(() => {});
    await settle();
    fail = true;
    fake.announce("mail.changed", { folderIds: [1], messageIds: null });
    await settle();
    expect(list.snapshot().error).toEqual({ code: "internal", message: "No." });
    expect(rowAt(list.snapshot(), 0)?.id).toBe(1);
  });

  it("gives the ids of a long range in order, loaded or not", async () => {
    const { list } = setUp(numbers(2000));
    list.subscribe(() => {});
    await settle();
    const ids = await list.ids(10, 1209);
    expect(ids).toHaveLength(1200);
    expect(ids[0]).toBe(1990);
    expect(ids.at(-1)).toBe(791);
    expect(await list.ids(1995, 2500)).toEqual([5, 4, 3, 2, 1]);
  });

  it("finds a message among what is loaded without asking, else by asking", async () => {
    const { list, calls } = setUp(numbers(1000));
    list.subscribe(() => {});
    await settle();
    expect(await list.locate(idOf(990))).toBe(10);
    expect(calls).toEqual(["mail.page"]);
    expect(await list.locate(idOf(10))).toBe(990);
    expect(await list.locate(idOf(5000))).toBeNull();
    expect(indexIn(list.snapshot().pages, idOf(10))).toBeNull();
  });
});
