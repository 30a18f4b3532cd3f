import { describe, expect, test } from "vitest";
import { parseDemoOptions } from "../../../../scripts/demo/options.ts";
import { readAccount } from "../../../../scripts/demo/server.ts";

describe("the demo's command line", () => {
  test("means a light window of ordinary size when it is empty", () => {
    expect(parseDemoOptions([])).toEqual({ screenshot: null, theme: "light", width: 1440, height: 900 });
  });

  test("takes a file, a theme and a size", () => {
    expect(parseDemoOptions(["--screenshot", "a b.png", "--theme", "dark", "--size", "1024x768"])).toEqual({
      screenshot: "a b.png",
      theme: "dark",
      width: 1024,
      height: 768,
    });
  });

  test.each([
    [["--theme", "blue"], "light or dark"],
    [["--size", "wide"], "WIDTHxHEIGHT"],
    [["--size", "100x100"], "640x480"],
    [["--size", "9999x900"], "3840x2160"],
    [["--size", "1024x768x24"], "WIDTHxHEIGHT"],
    [["--screenshot"], "argument missing"],
    [["--nothing"], "--nothing"],
    [["file.png"], "file.png"],
  ])("says what is wrong with %j", (args, words) => {
    expect(parseDemoOptions(args)).toEqual(expect.stringContaining(words));
  });
});

describe("the server's first word", () => {
  const account = { url: "http://127.0.0.1:8080/", address: "a@b.example", userName: "a", password: "p" };

  test("is the account", () => {
    expect(readAccount(JSON.stringify(account))).toEqual({ ...account, displayName: "" });
  });

  test.each(["", "listening on 8080", "{}", "null", "[1]", '{"url":"http://127.0.0.1/"}', "{"])(
    "is awaited past %j",
    (line) => {
      expect(readAccount(line)).toBeNull();
    },
  );
});
