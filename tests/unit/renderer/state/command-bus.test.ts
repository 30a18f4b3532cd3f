import { describe, expect, it } from "vitest";
import { createCommandBus } from "../../../../renderer/state/command-bus.ts";

describe("the command bus", () => {
  it("has nobody for a command at first", () => {
    const bus = createCommandBus();
    expect(bus.can("reply")).toBe(false);
    expect(bus.run("reply")).toBe(false);
  });

  it("runs what is registered, with the handlers as they are now", () => {
    const bus = createCommandBus();
    const ran: string[] = [];
    let handlers = { reply: () => void ran.push("first") };
    bus.register(() => handlers);
    expect(bus.run("reply")).toBe(true);
    handlers = { reply: () => void ran.push("second") };
    bus.run("reply");
    expect(ran).toEqual(["first", "second"]);
  });

  it("asks the newest first, and the one before it for what it cannot do", () => {
    const bus = createCommandBus();
    const ran: string[] = [];
    bus.register(() => ({ undo: () => void ran.push("window"), sync: () => void ran.push("sync") }));
    const end = bus.register(() => ({ undo: () => void ran.push("folder") }));
    bus.run("undo");
    bus.run("sync");
    end();
    bus.run("undo");
    expect(ran).toEqual(["folder", "sync", "window"]);
  });

  it("forgets who left, and only them", () => {
    const bus = createCommandBus();
    const end = bus.register(() => ({ move: () => {} }));
    bus.register(() => ({ remove: () => {} }));
    end();
    end();
    expect(bus.can("move")).toBe(false);
    expect(bus.can("remove")).toBe(true);
  });
});
