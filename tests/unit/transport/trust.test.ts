import { afterAll, describe, expect, it } from "vitest";
import type { HttpResponse, TransportFault } from "../../../electron/ports/transport.ts";
import { trustedAuthorities } from "../../../electron/transport/trust.ts";
import { createAuthority } from "./authority.ts";
import { type Certificate, get, httpsServer, text, transport } from "./server.ts";

const authority = createAuthority();
const stranger = createAuthority();
afterAll(() => {
  authority.close();
  stranger.close();
});

/** Asks a server with this certificate; what came, and how many requests the server saw. */
async function ask(
  certificate: Certificate,
  believed: readonly string[],
  maxVersion?: "TLSv1.1" | "TLSv1.2",
) {
  let requests = 0;
  const options = maxVersion === undefined ? certificate : { ...certificate, maxVersion };
  const url = await httpsServer(options, (_request, response) => {
    requests += 1;
    response.end("safe");
  });
  const result = await transport(believed).request(get(url));
  const came: HttpResponse | TransportFault = result.ok ? result.value : result.error;
  return { came: "kind" in came ? came : await text(came.body), requests };
}

describe("an organisation's own authority", () => {
  it("once added, is believed for a server that sends its chain", async () => {
    const certificate = authority.issue("IP:127.0.0.1");
    expect(await ask(certificate, [authority.root])).toEqual({ came: "safe", requests: 1 });
  });

  it("may stand among others, in one text or in several", async () => {
    const certificate = authority.issue("IP:127.0.0.1");
    expect((await ask(certificate, [stranger.root, authority.root])).came).toBe("safe");
  });

  it("added with its intermediate, is believed for a server that forgets its chain", async () => {
    const certificate = authority.issue("IP:127.0.0.1", { chain: false });
    expect((await ask(certificate, [authority.root, authority.intermediate])).came).toBe("safe");
  });

  it.each([
    ["nobody", []],
    ["another authority", [stranger.root]],
  ] as const)(
    "is not believed by those who trust %s, and nothing of the request leaves",
    async (_name, believed) => {
      const certificate = authority.issue("IP:127.0.0.1");
      const { came, requests } = await ask(certificate, believed);
      expect(came).toMatchObject({ kind: "tls" });
      expect(requests).toBe(0);
    },
  );

  it("is not believed through a chain with a gap", async () => {
    const certificate = authority.issue("IP:127.0.0.1", { chain: false });
    expect(await ask(certificate, [authority.root])).toEqual({
      came: { kind: "tls", detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" },
      requests: 0,
    });
  });
});

describe("a server's certificate", () => {
  it("that has expired is refused", async () => {
    const certificate = authority.issue("IP:127.0.0.1", { days: -1 });
    expect(await ask(certificate, [authority.root])).toEqual({
      came: { kind: "tls", detail: "CERT_HAS_EXPIRED" },
      requests: 0,
    });
  });

  it.each(["DNS:mail.example.test", "IP:127.0.0.2", "DNS:127.0.0.1", "DNS:*"])(
    "for %s is none for 127.0.0.1",
    async (names) => {
      expect(await ask(authority.issue(names), [authority.root])).toEqual({
        came: { kind: "tls", detail: "ERR_TLS_CERT_ALTNAME_INVALID" },
        requests: 0,
      });
    },
  );

  it("for several names is good for each of them", async () => {
    const certificate = authority.issue("DNS:mail.example.test,IP:127.0.0.1");
    expect((await ask(certificate, [authority.root])).came).toBe("safe");
  });

  it("of a stranger is refused, also with a believed authority pinned to it", async () => {
    const own = stranger.issue("IP:127.0.0.1", { chain: false });
    const mixed = { ...own, cert: own.cert + authority.root };
    expect((await ask(mixed, [authority.root])).came).toMatchObject({ kind: "tls" });
  });
});

describe("the age of TLS", () => {
  it.each([
    ["TLSv1.1", { kind: "tls" }],
    ["TLSv1.2", "safe"],
  ] as const)("%s at best", async (maxVersion, expected) => {
    const { came, requests } = await ask(authority.issue("IP:127.0.0.1"), [authority.root], maxVersion);
    if (typeof expected === "string") expect(came).toBe(expected);
    else {
      expect(came).toMatchObject(expected);
      expect(requests).toBe(0);
    }
  });
});

describe("what is believed", () => {
  it("is what was added, with the authorities of the system and of Mozilla, each once", () => {
    const without = trustedAuthorities([]);
    const added = trustedAuthorities([authority.root, authority.root]);
    expect(without.length).toBeGreaterThan(50);
    expect(added).toHaveLength(without.length + 1);
    expect(added).toContain(authority.root);
    expect(new Set(added).size).toBe(added.length);
  });
});
