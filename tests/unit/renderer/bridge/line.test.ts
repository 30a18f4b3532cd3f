import { describe, expect, it } from "vitest";
import { createLine } from "../../../../renderer/bridge/line.ts";
import { fakePort } from "./fake-port.ts";

describe("the line to the engine", () => {
  it("keeps calls until the first engine is there, in their order", async () => {
    const line = createLine(() => {});
    const first = line.send("mail.folders", {});
    void line.send("accounts.list", {});
    const port = fakePort();
    line.connect(port);
    expect(port.sent.map(({ name }) => name)).toEqual(["mail.folders", "accounts.list"]);
    port.answer({ id: port.sent[0]?.id, ok: true, value: [] });
    expect(await first).toEqual({ id: port.sent[0]?.id, ok: true, value: [] });
  });

  it("matches answers to their calls whatever their order", async () => {
    const line = createLine(() => {});
    const port = fakePort();
    line.connect(port);
    const calls = [line.send("a.b", 1), line.send("a.b", 2)];
    const [one, two] = port.sent;
    port.answer({ id: two?.id, ok: true, value: "two" });
    port.answer({ id: one?.id, ok: false, error: { code: "gone", message: "Gone." } });
    expect(await Promise.all(calls)).toEqual([
      { id: one?.id, ok: false, error: { code: "gone", message: "Gone." } },
      { id: two?.id, ok: true, value: "two" },
    ]);
  });

  it("fails what was under way when the engine started again, and goes on with the new one", async () => {
    const line = createLine(() => {});
    const old = fakePort();
    line.connect(old);
    const lost = line.send("mail.move", {});
    const fresh = fakePort();
    line.connect(fresh);
    expect(old.closed()).toBe(true);
    expect(await lost).toMatchObject({ ok: false, error: { code: "internal" } });
    expect(fresh.sent).toEqual([]);
    const next = line.send("mail.folders", {});
    fresh.answer({ id: fresh.sent[0]?.id, ok: true, value: 7 });
    expect(await next).toMatchObject({ ok: true, value: 7 });
  });

  it("hears nothing more from an engine that was replaced", () => {
    const heard: unknown[] = [];
    const line = createLine((data) => heard.push(data));
    const old = fakePort();
    line.connect(old);
    line.connect(fakePort());
    old.answer({ event: "mail.changed", payload: {} });
    expect(heard).toEqual([]);
  });

  it("hands on what is not an answer, and drops answers to nothing", () => {
    const heard: unknown[] = [];
    const line = createLine((data) => heard.push(data));
    const port = fakePort();
    line.connect(port);
    port.answer({ event: "mail.foldersChanged", payload: {} });
    port.answer({ id: 99, ok: true, value: 1 });
    port.answer("garbage");
    expect(heard).toEqual([{ event: "mail.foldersChanged", payload: {} }, "garbage"]);
  });

  it("refuses calls without end while no engine answers", async () => {
    const line = createLine(() => {});
    for (let count = 0; count < 1000; count++) void line.send("mail.page", {});
    expect(await line.send("mail.page", {})).toMatchObject({ ok: false, error: { code: "internal" } });
  });

  it("fails a call whose payload cannot cross, and nothing else", async () => {
    const line = createLine(() => {});
    line.connect({
      postMessage: () => {
        throw new Error("could not be cloned");
      },
      listen: () => {},
      close: () => {},
    });
    expect(await line.send("mail.page", {})).toMatchObject({ ok: false, error: { code: "internal" } });
  });
});
