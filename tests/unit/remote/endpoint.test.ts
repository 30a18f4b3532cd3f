import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discoverEndpoint } from "../../../electron/remote/endpoint.ts";

const path = "/Microsoft-Server-ActiveSync";
const address = "alice@example.test";

describe("discoverEndpoint", () => {
  it.each([
    ["", `https://example.test${path}`],
    ["  ", `https://example.test${path}`],
    ["mail.example.test", `https://mail.example.test${path}`],
    [" mail.example.test ", `https://mail.example.test${path}`],
    ["mail.example.test:8443", `https://mail.example.test:8443${path}`],
    ["https://mail.example.test", `https://mail.example.test${path}`],
    ["https://mail.example.test/", `https://mail.example.test${path}`],
    ["HTTPS://Mail.Example.Test/eas?x=1#y", "https://mail.example.test/eas"],
    [`https://mail.example.test${path}`, `https://mail.example.test${path}`],
    ["mail.example.test/eas", "https://mail.example.test/eas"],
    ["[::1]:8443", `https://[::1]:8443${path}`],
    ["http://127.0.0.1:28000", `http://127.0.0.1:28000${path}`],
    ["http://localhost:28000/", `http://localhost:28000${path}`],
    ["http://[::1]:80", `http://[::1]${path}`],
    ["bücher.example", `https://xn--bcher-kva.example${path}`],
  ])("%j is %s", (server, url) => {
    expect(discoverEndpoint(server, address)).toBe(url);
  });

  it.each([
    "http://mail.example.test",
    "http://127.0.0.1.example.test",
    "http://localhost.example.test",
    "ftp://mail.example.test",
    "file:///etc/passwd",
    "javascript://alert(1)",
    "https://user:secret@mail.example.test",
    "two words",
    "https://",
    "mail.example.test:port",
    "a\\b",
  ])("%j is refused", (server) => {
    expect(discoverEndpoint(server, address)).toBeNull();
  });

  it("takes plain HTTP elsewhere only when asked to explicitly", () => {
    expect(discoverEndpoint("http://mail.example.test", address, true)).toBe(
      `http://mail.example.test${path}`,
    );
    expect(discoverEndpoint("ftp://mail.example.test", address, true)).toBeNull();
  });

  it("needs an address with a domain when nothing was typed", () => {
    expect(discoverEndpoint("", "")).toBeNull();
    expect(discoverEndpoint("", "alice@")).toBeNull();
  });

  it("gives TLS or nothing for whatever is typed, never credentials", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.domain()), (typed) => {
        const url = URL.parse(discoverEndpoint(typed, address) ?? "");
        if (url === null) return;
        expect(url.protocol === "https:" || /^(127\.|localhost$|\[::1\])/.test(url.hostname)).toBe(true);
        expect(url.username + url.password + url.search + url.hash).toBe("");
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
