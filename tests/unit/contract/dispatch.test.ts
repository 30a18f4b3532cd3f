import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createCaller } from "../../../electron/ipc/caller.ts";
import { err, ok } from "../../../shared/base/result.ts";
import { call, event, type WireReply, type WireRequest } from "../../../shared/contract/define.ts";
import { createDispatcher, type Handlers, readRequest } from "../../../shared/contract/dispatch.ts";
import {
  controlContract,
  engineContract,
  keeperContract,
  mainContract,
} from "../../../shared/contract/index.ts";

const contract = {
  sums: {
    add: call({
      in: v.object({ a: v.number(), b: v.pipe(v.number(), v.maxValue(9)) }),
      out: v.number(),
      errors: ["odd"],
    }),
    fail: call({ in: v.object({}), out: v.object({}) }),
    told: event({ out: v.object({}) }),
  },
};

const handlers: Handlers<typeof contract> = {
  sums: {
    add: ({ a, b }) => (a % 2 === 1 ? err({ code: "odd", message: "a is odd" }) : ok(a + b)),
    fail: () => {
      throw new Error("secret detail");
    },
  },
};

function pair() {
  const bugs: string[] = [];
  const dispatch = createDispatcher(contract, handlers, (name) => bugs.push(name));
  const caller = createCaller(contract, (request) => {
    void dispatch(request).then((reply) => caller.receive(structuredClone(reply)));
  });
  return { bugs, dispatch, caller };
}

describe("a contract between two processes", () => {
  it("carries values and expected failures", async () => {
    const { caller } = pair();
    expect(await caller.call.sums.add({ a: 2, b: 3 })).toEqual(ok(5));
    expect(await caller.call.sums.add({ a: 1, b: 3 })).toEqual(err({ code: "odd", message: "a is odd" }));
  });

  it("refuses what does not parse, naming the place and not the value", async () => {
    const { dispatch } = pair();
    const reply = await dispatch({ id: 1, name: "sums.add", payload: { a: 2, b: "hunter2" } });
    expect(reply).toMatchObject({ id: 1, ok: false, error: { code: "invalid" } });
    expect(JSON.stringify(reply)).toContain("b:");
    expect(JSON.stringify(reply)).not.toContain("hunter2");
  });

  it.each(["sums.told", "sums.nothing", "sums", "__proto__.toString", "sums.__proto__", "", "sums.add.x"])(
    "has no call named %j",
    async (name) => {
      const { dispatch } = pair();
      expect(await dispatch({ id: 4, name, payload: {} })).toMatchObject({
        ok: false,
        error: { code: "invalid" },
      });
    },
  );

  it("reports a bug and answers without its words", async () => {
    const { caller, bugs } = pair();
    const result = await caller.call.sums.fail({});
    expect(result).toMatchObject({ ok: false, error: { code: "internal" } });
    expect(JSON.stringify(result)).not.toContain("secret detail");
    expect(bugs).toEqual(["sums.fail"]);
  });

  it("does not believe an answer of the wrong shape", async () => {
    const sent: WireRequest[] = [];
    const caller = createCaller(contract, (request) => sent.push(request));
    const waiting = caller.call.sums.add({ a: 2, b: 2 });
    expect(
      caller.receive({ id: sent[0]?.id, ok: true, value: "four" } satisfies Partial<WireReply> as unknown),
    ).toBe(true);
    expect(await waiting).toMatchObject({ ok: false, error: { code: "internal" } });
  });

  it("ends what waits when the other side is gone, and ignores answers nobody asked for", async () => {
    const caller = createCaller(contract, () => {});
    const waiting = caller.call.sums.add({ a: 2, b: 2 });
    expect(caller.receive({ id: 99, ok: true, value: 1 })).toBe(false);
    expect(caller.receive("noise")).toBe(false);
    caller.failAll("gone");
    expect(await waiting).toEqual(err({ code: "internal", message: "gone" }));
  });
});

describe("readRequest", () => {
  it.each([null, 1, "x", {}, { id: "1", name: "a" }, { id: 1, name: "x".repeat(101) }])(
    "refuses %j",
    (data) => {
      expect(readRequest(data)).toBeNull();
    },
  );
});

describe("every entry of every contract", () => {
  const all = { ...engineContract, ...mainContract, ...controlContract, ...keeperContract };
  const entries = Object.entries(all).flatMap(([group, calls]) =>
    Object.entries(calls).map(([name, entry]) => [`${group}.${name}`, entry] as const),
  );

  it.each(entries)("%s refuses what is not an object", (_name, entry) => {
    if (entry.kind === "call") expect(v.safeParse(entry.in, "text").success).toBe(false);
    expect(v.safeParse(entry.out, () => {}).success).toBe(false);
  });

  it("names each error code once", () => {
    for (const [, entry] of entries) {
      if (entry.kind === "call") expect(new Set(entry.errors).size).toBe(entry.errors.length);
    }
  });
});
