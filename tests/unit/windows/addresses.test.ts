import { describe, expect, it } from "vitest";
import { readPictureUrl } from "../../../electron/windows/picture-url.ts";

describe("readPictureUrl", () => {
  it("reads a remote picture's address, query and all", () => {
    const url = "https://news.example/p.png?a=1&b=2#c";
    expect(readPictureUrl(`bulkhead-picture://remote/${encodeURIComponent(url)}?m=7`)).toEqual({
      kind: "remote",
      messageId: 7,
      url,
    });
  });
  it("reads an inline picture's Content-ID", () => {
    expect(readPictureUrl(`bulkhead-picture://inline/9/${encodeURIComponent("a/b@c?d")}`)).toEqual({
      kind: "inline",
      messageId: 9,
      contentId: "a/b@c?d",
    });
  });
  it.each([
    "bulkhead-picture://remote/https%3A%2F%2Fx",
    "bulkhead-picture://remote/a?m=0",
    "bulkhead-picture://remote/a?m=1.5",
    "bulkhead-picture://remote/a/b?m=1",
    "bulkhead-picture://inline/x/cid",
    "bulkhead-picture://inline/1",
    "bulkhead-picture://inline/1/a/b",
    "bulkhead-picture://other/1/a",
    "bulkhead-picture://remote/%E0%A4%A?m=1",
    "not an address",
  ])("refuses %s", (url) => expect(readPictureUrl(url)).toBeNull());
});
