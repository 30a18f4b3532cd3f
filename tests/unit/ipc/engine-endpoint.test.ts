import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { MessagePortMain } from "electron";
import { afterEach, describe, expect, it } from "vitest";
import { createEngineEndpoint } from "../../../electron/ipc/engine-endpoint.ts";
import { ok } from "../../../shared/base/result.ts";
import type { Handlers } from "../../../shared/contract/dispatch.ts";
import type { engineContract } from "../../../shared/contract/index.ts";

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A worker port with the face of Electron's: events carry `{ data }`. */
function electronPort(port: MessagePort): MessagePortMain {
  return {
    on: (name: string, listener: (event: { data: unknown }) => void) =>
      port.on(name, (data: unknown) => listener({ data })),
    postMessage: (data: unknown) => port.postMessage(data),
    start: () => port.start(),
    close: () => port.close(),
  } as unknown as MessagePortMain;
}

function setUp(handlers: unknown) {
  const endpoint = createEngineEndpoint(handlers as Handlers<typeof engineContract>, () => {});
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    endpoint.attach(electronPort(port1));
    const heard: unknown[] = [];
    port2.on("message", (data) => heard.push(data));
    return { port: port2, heard };
  };
  return { endpoint, connect };
}

const settle = () => new Promise((done) => setTimeout(done, 20));
const groups = { accounts: {}, mail: {}, compose: {} };

describe("the engine's end of the windows' ports", () => {
  it("answers each window on its own port and announces to all", async () => {
    const { endpoint, connect } = setUp({ ...groups, mail: { folders: () => ok([]) } });
    const one = connect();
    const two = connect();
    one.port.postMessage({ id: 1, name: "mail.folders", payload: {} });
    endpoint.announce({ event: "mail.foldersChanged", payload: {} });
    await settle();
    expect(one.heard).toContainEqual({ id: 1, ok: true, value: [] });
    expect(two.heard).toEqual([{ event: "mail.foldersChanged", payload: {} }]);
  });

  it("ignores what is no request", async () => {
    const { connect } = setUp({ ...groups, mail: { folders: () => ok([]) } });
    const { port, heard } = connect();
    for (const noise of ["x", null, { id: {} }, [1]]) port.postMessage(noise);
    await settle();
    expect(heard).toEqual([]);
  });

  it("refuses a flood and goes on answering when it is over", async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const { connect } = setUp({ ...groups, mail: { folders: () => held.then(() => ok([])) } });
    const { port, heard } = connect();
    for (let id = 0; id < 300; id += 1) port.postMessage({ id, name: "mail.folders", payload: {} });
    await settle();
    expect(heard).toHaveLength(300 - 256);
    expect(heard[0]).toMatchObject({ ok: false, error: { code: "invalid" } });
    release();
    await settle();
    expect(heard).toHaveLength(300);
    port.postMessage({ id: 1000, name: "mail.folders", payload: {} });
    await settle();
    expect(heard.at(-1)).toEqual({ id: 1000, ok: true, value: [] });
  });

  it("forgets a window that is gone", async () => {
    const { endpoint, connect } = setUp(groups);
    const { port } = connect();
    port.close();
    await settle();
    expect(() => endpoint.announce({ event: "accounts.changed", payload: {} })).not.toThrow();
  });
});
