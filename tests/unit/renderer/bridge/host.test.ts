import { describe, expect, it } from "vitest";
import { windowHost } from "../../../../renderer/bridge/host.ts";

interface Arriving {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** A window with a preload's API, and a way to let messages arrive at it. */
function windowWith(api: unknown) {
  const listeners: ((event: Arriving) => void)[] = [];
  const target = {
    bulkhead: api,
    location: { origin: "bulkhead://app" },
    addEventListener: (_name: string, listener: (event: Arriving) => void) => listeners.push(listener),
  };
  return {
    target: target as unknown as Window,
    arrive: (event: Partial<Arriving>) => {
      const whole = { source: target, origin: "bulkhead://app", data: null, ports: [], ...event };
      for (const listener of listeners) listener(whole);
    },
  };
}

const API = { ready: () => {}, invoke: async () => ({}), on: () => {} };
const OFFER = { type: "bulkhead:engine-port" };

describe("the window's host", () => {
  it.each([undefined, null, {}, { ready: () => {} }, { ...API, invoke: 7 }])(
    "needs a preload, not %j",
    (api) => {
      expect(() => windowHost(windowWith(api).target)).toThrow();
    },
  );

  it("hands on what main answers, and main's events", async () => {
    const heard: unknown[] = [];
    let announce: (data: unknown) => void = () => {};
    const api = {
      ...API,
      invoke: async (name: string, payload: unknown) => ({ id: 0, ok: true, value: [name, payload] }),
      on: (listener: (data: unknown) => void) => {
        announce = listener;
      },
    };
    const host = windowHost(windowWith(api).target);
    expect(await host.invoke("app.info", { a: 1 })).toEqual({
      id: 0,
      ok: true,
      value: ["app.info", { a: 1 }],
    });
    host.onMainEvent((data) => heard.push(data));
    announce({ event: "app.vaultChanged", payload: {} });
    expect(heard).toEqual([{ event: "app.vaultChanged", payload: {} }]);
  });

  it.each([
    ["a refusal to answer", async () => Promise.reject(new Error("gone"))],
    ["no answer", async () => undefined],
    ["nonsense", async () => ({ ok: "perhaps" })],
    ["text", async () => "ok"],
  ])("makes %s a failure, and never an exception", async (_name, invoke) => {
    const reply = await windowHost(windowWith({ ...API, invoke }).target).invoke("app.info", {});
    expect(reply.ok).toBe(false);
  });
});

describe("the engine's port", () => {
  const setUp = () => {
    const { target, arrive } = windowWith(API);
    const taken: unknown[] = [];
    windowHost(target).onEnginePort((port) => taken.push(port));
    return { arrive, taken, port: new MessageChannel().port1 };
  };

  it("is taken from this very window", () => {
    const { arrive, taken, port } = setUp();
    arrive({ data: OFFER, ports: [port] });
    expect(taken).toHaveLength(1);
    port.close();
  });

  it.each<[string, Partial<Arriving>]>([
    ["another window", { source: {} }],
    ["no window at all", { source: null }],
    ["a frame without an origin", { origin: "null" }],
    ["a page of the web", { origin: "https://evil.example" }],
    ["this window with another message", { data: { type: "bulkhead:other" } }],
    ["this window with text", { data: "bulkhead:engine-port" }],
    ["this window with nothing", { data: null }],
  ])("is not taken from %s", (_name, event) => {
    const { arrive, taken, port } = setUp();
    arrive({ data: OFFER, ports: [port], ...event });
    expect(taken).toEqual([]);
    port.close();
  });

  it("has to be there", () => {
    const { arrive, taken } = setUp();
    arrive({ data: OFFER });
    expect(taken).toEqual([]);
  });
});
