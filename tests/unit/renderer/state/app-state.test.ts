import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { createAppState } from "../../../../renderer/state/app-state.ts";
import { ok } from "../../../../shared/base/result.ts";
import { MessageIdSchema } from "../../../../shared/model/ids.ts";
import { fakeBridge, rowWith, settle } from "./fake-bridge.ts";

const id = (value: number) => v.parse(MessageIdSchema, value);

function setUp() {
  const fake = fakeBridge({
    folders: () => ok([]),
    open: ({ messageId }) =>
      ok({
        row: rowWith({ id: messageId }),
        to: [],
        cc: [],
        replyTo: [],
        body: { kind: "text", text: "", truncated: false },
        attachments: [],
        meeting: null,
      }),
  });
  return { ...fake, state: createAppState(fake.bridge) };
}

describe("an open message", () => {
  it("is asked for again when it changed, or when nobody says which did, but not for others", async () => {
    const { state, announce, calls } = setUp();
    state.message(id(5)).subscribe(() => {});
    await settle();
    expect(calls).toEqual(["mail.open"]);
    announce("mail.changed", { folderIds: [1], messageIds: [4, 6] });
    await settle();
    expect(calls).toHaveLength(1);
    announce("mail.changed", { folderIds: [1], messageIds: [5] });
    await settle();
    announce("mail.changed", { folderIds: [1], messageIds: null });
    await settle();
    expect(calls).toHaveLength(3);
  });

  it("is the same live value while it is remembered, and only the newest are", () => {
    const { state } = setUp();
    const first = state.message(id(1));
    expect(state.message(id(1))).toBe(first);
    for (let other = 2; other <= 16; other++) state.message(id(other));
    expect(state.message(id(1))).toBe(first);
    for (let other = 20; other < 40; other++) state.message(id(other));
    expect(state.message(id(1))).not.toBe(first);
  });
});

describe("the folders", () => {
  it("are asked for again after their event and after a restart of the engine", async () => {
    const { state, announce, restart, calls } = setUp();
    state.folders.subscribe(() => {});
    await settle();
    announce("mail.foldersChanged", {});
    await settle();
    announce("mail.changed", { folderIds: [1], messageIds: null });
    await settle();
    expect(calls).toHaveLength(2);
    restart();
    await settle();
    expect(calls).toEqual(["mail.folders", "mail.folders", "mail.folders"]);
  });
});
