import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createEventHub } from "../../../../renderer/bridge/events.ts";
import { call, event } from "../../../../shared/contract/define.ts";

const contract = {
  mail: {
    changed: event({ out: v.object({ ids: v.array(v.number()) }) }),
    moved: event({ out: v.object({}) }),
    open: call({ in: v.object({}), out: v.object({}) }),
  },
};

function setUp() {
  const hub = createEventHub(contract);
  const heard: unknown[] = [];
  const end = hub.on("mail.changed", (payload) => heard.push(payload));
  return { hub, heard, end };
}

describe("events", () => {
  it("reach who listens to them, and nobody else", () => {
    const { hub, heard } = setUp();
    expect(hub.deliver({ event: "mail.changed", payload: { ids: [1, 2] } })).toBe(true);
    expect(hub.deliver({ event: "mail.moved", payload: {} })).toBe(true);
    expect(heard).toEqual([{ ids: [1, 2] }]);
  });

  it("reach every listener until it leaves", () => {
    const { hub, heard, end } = setUp();
    const also: unknown[] = [];
    hub.on("mail.changed", (payload) => also.push(payload));
    hub.deliver({ event: "mail.changed", payload: { ids: [] } });
    end();
    hub.deliver({ event: "mail.changed", payload: { ids: [3] } });
    expect(heard).toEqual([{ ids: [] }]);
    expect(also).toEqual([{ ids: [] }, { ids: [3] }]);
  });

  it("are dropped when what they carry does not fit, but still known by name", () => {
    const { hub, heard } = setUp();
    for (const payload of [undefined, null, {}, { ids: "1" }, { ids: [null] }, 7]) {
      const data = { event: "mail.changed", payload };
      expect(hub.deliver(data)).toBe(false);
      expect(hub.owns(data)).toBe(true);
    }
    expect(heard).toEqual([]);
  });

  it.each([
    null,
    undefined,
    "mail.changed",
    7,
    [],
    {},
    { event: 1, payload: {} },
    { event: "", payload: {} },
    { event: "mail", payload: {} },
    { event: "mail.", payload: {} },
    { event: "mail.open", payload: {} },
    { event: "mail.unknown", payload: {} },
    { event: "other.changed", payload: {} },
    { event: "__proto__.toString", payload: {} },
    { event: "mail.constructor", payload: {} },
    { event: "constructor.name", payload: {} },
  ])("are none of ours: %j", (data) => {
    const { hub, heard } = setUp();
    expect(hub.owns(data)).toBe(false);
    expect(hub.deliver(data)).toBe(false);
    expect(heard).toEqual([]);
  });
});
