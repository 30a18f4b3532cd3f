import { describe, expect, test } from "vitest";
import {
  attributeLength,
  inlinePictureAddress,
  isTrackerSize,
  pictureSource,
  remotePictureAddress,
} from "../../../../renderer/content/pictures.ts";

describe("pictureSource", () => {
  test.each([
    ["https://x.example/a b.png", { kind: "remote", url: "https://x.example/a%20b.png" }],
    ["//x.example/a.png", { kind: "remote", url: "https://x.example/a.png" }],
    ["cid:image001@host", { kind: "inline", contentId: "image001@host" }],
    ["cid:%3Ca%20b%3E", { kind: "inline", contentId: "a b" }],
    ["cid:100%.png", { kind: "inline", contentId: "100%.png" }],
    ["data:image/png;base64,AAAA", { kind: "data", url: "data:image/png;base64,AAAA" }],
  ])("%s", (src, source) => expect(pictureSource(src)).toEqual(source));

  test.each([
    "",
    "a.png",
    "file:///a.png",
    "bulkhead-picture://inline/1/a",
    "cid:",
    `cid:${"x".repeat(999)}`,
    "data:image/svg+xml;base64,AAAA",
    "data:image/png,raw",
    "data:text/html;base64,AAAA",
    `data:image/png;base64,${"A".repeat(2_000_001)}`,
    `https://x.example/${"x".repeat(9000)}`,
  ])("none: %#", (src) => expect(pictureSource(src)).toEqual({ kind: "none" }));
});

describe("addresses for the picture handler", () => {
  test("hold the whole original in one part", () => {
    const url = "https://x.example/a?b=1&m=99#c";
    const address = new URL(remotePictureAddress(7, url));
    expect(decodeURIComponent(address.pathname.slice(1))).toBe(url);
    expect(address.searchParams.get("m")).toBe("7");
  });

  test("an id with slashes stays one part", () => {
    expect(inlinePictureAddress(7, "../a?b")).toBe("bulkhead-picture://inline/7/..%2Fa%3Fb");
  });
});

describe("sizes", () => {
  test.each([
    ["600", "600px"],
    [" 12.5px", "12.5px"],
    ["50%", "50%"],
    ["auto", null],
    ["-4", null],
    [null, null],
  ])("%s", (value, length) => expect(attributeLength(value)).toBe(length));

  test("only a picture small in both directions is a tracker", () => {
    expect(isTrackerSize("1px", "1px")).toBe(true);
    expect(isTrackerSize("0px", "2px")).toBe(true);
    expect(isTrackerSize("1px", "40px")).toBe(false);
    expect(isTrackerSize("1%", "1%")).toBe(false);
    expect(isTrackerSize(null, "1px")).toBe(false);
  });
});
