import type { WebContents, WebFrameMain } from "electron";
import { describe, expect, it } from "vitest";
import { isTrustedSender } from "../../../electron/ipc/sender.ts";

const ORIGIN = "bulkhead://app";

function senderWith(frame: Partial<WebFrameMain>, main?: Partial<WebFrameMain>) {
  const senderFrame = { parent: null, origin: ORIGIN, url: `${ORIGIN}/index.html`, ...frame } as WebFrameMain;
  const sender = { mainFrame: main === undefined ? senderFrame : main } as WebContents;
  return { senderFrame, sender };
}

describe("isTrustedSender", () => {
  const ours = () => true;
  it("hears the main frame of our own page", () => {
    expect(isTrustedSender(senderWith({}), ORIGIN, ours)).toBe(true);
  });
  it.each([
    ["another origin", { origin: "https://evil.example", url: "https://evil.example/" }],
    ["an origin that only begins like ours", { origin: "bulkhead://app.evil", url: "bulkhead://app.evil/" }],
    ["an opaque origin", { origin: "null" }],
    ["about:blank", { url: "about:blank" }],
    ["no address", { url: "" }],
    ["a file", { origin: "file://", url: "file:///etc/passwd" }],
    ["a frame inside the page", { parent: {} as WebFrameMain }],
  ])("refuses %s", (_name, frame) => {
    expect(isTrustedSender(senderWith(frame), ORIGIN, ours)).toBe(false);
  });
  it("refuses a frame that is gone, is not the main one, or whose window is not ours", () => {
    const { sender } = senderWith({});
    expect(isTrustedSender({ senderFrame: null, sender }, ORIGIN, ours)).toBe(false);
    expect(isTrustedSender(senderWith({}, {}), ORIGIN, ours)).toBe(false);
    expect(isTrustedSender(senderWith({}), ORIGIN, () => false)).toBe(false);
  });
});
