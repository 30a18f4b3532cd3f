import { describe, expect, test } from "vitest";
import { addressParts, linkTarget, misleadingHost, namedHost } from "../../../../renderer/content/links.ts";

describe("linkTarget", () => {
  test.each([
    ["http://a.example", "http://a.example/"],
    ["  https://a.example/x y  ", "https://a.example/x%20y"],
    ["//a.example/x", "https://a.example/x"],
    ["MAILTO:a@b.example", "mailto:a@b.example"],
    ["tel:+49 1", "tel:+49 1"],
    ["#part", "#part"],
    ["https://bücher.example/", "https://xn--bcher-kva.example/"],
  ])("%s", (href, target) => expect(linkTarget(href)).toBe(target));

  test.each([
    "",
    "   ",
    "relative/path",
    "/path",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "bulkhead://app/",
    "bulkhead-picture://inline/1/a",
    "about:blank",
    "ms-word:ofe|u|https://x.example",
    `https://a.example/${"x".repeat(9000)}`,
  ])("leads nowhere: %s", (href) => expect(linkTarget(href)).toBeNull());
});

describe("namedHost", () => {
  test.each([
    ["https://www.bank.example/login", "bank.example"],
    ["bank.example", "bank.example"],
    ["Bank.Example/path?a=1", "bank.example"],
    ["bank\u200b.example", "bank.example"],
    ["bank.example:8443", "bank.example"],
    ["user@bank.example", "bank.example"],
  ])("%s", (text, host) => expect(namedHost(text)).toBe(host));

  test.each(["", "Read more", "report.pdf", "e.g. this", "12.50", "v1.2", "Really.", "x".repeat(600)])(
    "no host in: %s",
    (text) => expect(namedHost(text)).toBeNull(),
  );
});

describe("misleadingHost", () => {
  const of = (text: string, href: string) => misleadingHost({ text, href });

  test("finds another host than the one named", () => {
    expect(of("https://bank.example/login", "https://bank.example.evil.example/")).toBe("bank.example");
    expect(of("bank.example", "https://evil.example/bank.example")).toBe("bank.example");
    expect(of("it@bank.example", "mailto:it@evil.example")).toBe("bank.example");
    expect(of("bank.example", "https://user:bank.example@evil.example/")).toBe("bank.example");
  });

  test("is quiet when they agree, or when no host is named", () => {
    expect(of("bank.example", "https://www.bank.example/")).toBeNull();
    expect(of("bank.example", "https://login.bank.example/")).toBeNull();
    expect(of("Log in", "https://evil.example/")).toBeNull();
    expect(of("it@bank.example", "mailto:it@bank.example?subject=Hi")).toBeNull();
    expect(of("call.me", "tel:+1")).toBeNull();
  });
});

describe("addressParts", () => {
  test("splits an address around its host", () => {
    expect(addressParts("https://user@bank.example:8443/login?a=1")).toEqual({
      before: "https://user@",
      host: "bank.example",
      after: ":8443/login?a=1",
    });
  });

  test("shows whole what has no host", () => {
    expect(addressParts("mailto:a@b.example")).toEqual({ before: "", host: "mailto:a@b.example", after: "" });
    expect(addressParts("nonsense")).toEqual({ before: "", host: "nonsense", after: "" });
  });
});
