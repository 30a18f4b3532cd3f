import { describe, expect, it } from "vitest";
import { createBridge } from "../../../../renderer/bridge/bridge.ts";
import type { PortLike } from "../../../../renderer/bridge/line.ts";
import { fakePort } from "./fake-port.ts";

function setUp() {
  let fromMain: (data: unknown) => void = () => {};
  let giveEngine: (port: PortLike) => void = () => {};
  let ready = 0;
  const bridge = createBridge({
    ready: () => {
      ready += 1;
    },
    invoke: async (name) => ({
      id: 0,
      ok: true,
      value: { state: name === "app.vault" ? "ready" : "?", message: "" },
    }),
    onMainEvent: (listener) => {
      fromMain = listener;
    },
    onEnginePort: (listener) => {
      giveEngine = listener;
    },
  });
  return {
    bridge,
    fromMain: (data: unknown) => fromMain(data),
    giveEngine: (port: PortLike) => giveEngine(port),
    ready: () => ready,
  };
}

describe("the bridge", () => {
  it("says once that it is ready, when it listens", () => {
    expect(setUp().ready()).toBe(1);
  });

  it("asks main through the preload and the engine through its port", async () => {
    const { bridge, giveEngine } = setUp();
    expect(await bridge.main.app.vault({})).toEqual({ ok: true, value: { state: "ready", message: "" } });
    const port = fakePort();
    giveEngine(port);
    const folders = bridge.engine.mail.folders({});
    port.answer({ id: port.sent[0]?.id, ok: true, value: [] });
    expect(await folders).toEqual({ ok: true, value: [] });
  });

  it("announces every fresh engine until nobody listens", () => {
    const { bridge, giveEngine } = setUp();
    let count = 0;
    const end = bridge.onFreshEngine(() => {
      count += 1;
    });
    giveEngine(fakePort());
    giveEngine(fakePort());
    end();
    giveEngine(fakePort());
    expect(count).toBe(2);
  });

  it("delivers parsed events, and takes each only from the side that owns it", () => {
    const { bridge, fromMain, giveEngine } = setUp();
    const heard: unknown[] = [];
    bridge.on("mail.changed", (payload) => heard.push(payload));
    bridge.on("app.command", (payload) => heard.push(payload));
    const port = fakePort();
    giveEngine(port);
    port.answer({ event: "mail.changed", payload: { folderIds: [1], messageIds: null, extra: 1 } });
    port.answer({ event: "app.command", payload: { id: "remove" } });
    fromMain({ event: "app.command", payload: { id: "compose" } });
    fromMain({ event: "mail.changed", payload: { folderIds: [2], messageIds: null } });
    expect(heard).toEqual([{ folderIds: [1], messageIds: null }, { id: "compose" }]);
  });

  it.each([
    null,
    "mail.changed",
    { event: "mail.changed", payload: { folderIds: ["x"], messageIds: null } },
    { event: "mail.page", payload: {} },
    { event: "toString.call", payload: {} },
    { event: "mail.constructor", payload: {} },
    { event: "mail", payload: {} },
  ])("drops what is no event of the contract: %j", (data) => {
    const { bridge, giveEngine } = setUp();
    const heard: unknown[] = [];
    bridge.on("mail.changed", (payload) => heard.push(payload));
    const port = fakePort();
    giveEngine(port);
    port.answer(data);
    expect(heard).toEqual([]);
  });
});
