import { describe, expect, it } from "vitest";
import { el, encode, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import { answer, decoded, mailboxOver, now, type Play } from "./scripted.ts";

const folders = answer(
  el(
    "FolderHierarchy",
    "FolderSync",
    el("FolderHierarchy", "Status", "1"),
    el("FolderHierarchy", "SyncKey", "1"),
  ),
);
const folderStatus = (code: string) =>
  answer(el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "Status", code)));

function provision(policyKey: string | null, policyStatus = "1", ...more: readonly WbxmlElement[]): Play {
  const policy = el(
    "Provision",
    "Policy",
    el("Provision", "PolicyType", "MS-EAS-Provisioning-WBXML"),
    el("Provision", "Status", policyStatus),
    policyKey === null ? null : el("Provision", "PolicyKey", policyKey),
  );
  return answer(
    el(
      "Provision",
      "Provision",
      el("Provision", "Status", "1"),
      el("Provision", "Policies", policy),
      ...more,
    ),
  );
}

const commands = (seen: readonly { readonly url: URL }[]) =>
  seen.map(({ url }) => url.searchParams.get("Cmd"));

describe("HTTP statuses", () => {
  const fault = async (play: Play) => {
    const result = await mailboxOver([play]).mailbox.folders("0");
    return result.ok ? null : result.error;
  };

  it.each([
    [401, "sign-in"],
    [403, "forbidden"],
    [400, "server"],
    [404, "server"],
    [500, "server"],
    [501, "server"],
    [507, "server"],
    [302, "server"],
    [503, "busy"],
    [429, "busy"],
  ])("%i is %s", async (status, kind) => {
    expect(await fault({ status })).toMatchObject({ kind });
  });

  it.each([
    ["120", 120_000],
    [" 5 ", 5_000],
    ["0", 0],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ["99999999", 86_400_000],
    ["soon", null],
    ["-5", null],
  ])("Retry-After %j", async (header, retryAfterMs) => {
    const found = await fault({ status: 503, headers: { "retry-after": header } });
    expect(found).toMatchObject({ kind: "busy", retryAfterMs });
  });

  it("says who throttles", async () => {
    const found = await fault({ status: 503, headers: { "x-ms-asthrottle": "CommandFrequency" } });
    expect(found).toMatchObject({ kind: "busy", detail: "CommandFrequency", retryAfterMs: null });
  });
});

describe("the line", () => {
  it.each(["offline", "cut", "timeout", "tls", "cancelled"] as const)("%s is handed on", async (kind) => {
    const { mailbox } = mailboxOver([{ fault: { kind, detail: "x" } }]);
    expect(await mailbox.folders("0")).toEqual({ ok: false, error: { kind, detail: "x" } });
  });

  it("too large an answer is garbage", async () => {
    const { mailbox } = mailboxOver([{ fault: { kind: "too-large", detail: "x" } }]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "garbage" } });
  });

  it("a body that is cut anywhere is cut, in every command", async () => {
    const body = folders && "body" in folders ? (folders.body ?? new Uint8Array(0)) : new Uint8Array(0);
    for (let cutAfter = 0; cutAfter < body.length; cutAfter += 1) {
      const { mailbox } = mailboxOver([{ status: 200, body, cutAfter }]);
      expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "cut" } });
    }
    const play: Play = { status: 200, body, cutAfter: 8 };
    const request = {
      collectionId: "5",
      syncKey: "1",
      windowSize: 1,
      filterType: 0,
      bodyBytes: 1,
      commands: [],
    } as const;
    expect(await mailboxOver([play]).mailbox.sync(request)).toMatchObject({ error: { kind: "cut" } });
    expect(await mailboxOver([play]).mailbox.attachment("r", async () => {})).toMatchObject({
      error: { kind: "cut" },
    });
    expect(await mailboxOver([play]).mailbox.ping(["5"], 60)).toMatchObject({ error: { kind: "cut" } });
  });

  it("a cut by a timeout or a limit keeps its reason", async () => {
    const cut = (kind: "timeout" | "too-large") =>
      mailboxOver([
        { status: 200, body: encode(el("Ping", "Ping")), cutAfter: 3, cutWith: { kind, detail: "x" } },
      ]).mailbox.ping(["5"], 60);
    expect(await cut("timeout")).toMatchObject({ error: { kind: "timeout" } });
    expect(await cut("too-large")).toMatchObject({ error: { kind: "garbage" } });
  });

  it("half a document that ends well is garbage", async () => {
    const body = encode(el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "SyncKey", "1"))).slice(
      0,
      9,
    );
    expect(await mailboxOver([{ status: 200, body }]).mailbox.folders("0")).toMatchObject({
      error: { kind: "garbage", detail: expect.stringContaining("truncated") },
    });
  });

  it.each([
    ["a page by its type", { "content-type": "text/html; charset=utf-8" }, "<html>"],
    ["a page without a type", {}, "<html>"],
    ["an empty answer", {}, ""],
    ["a gzip file", {}, "\u001f\u008b\b\u0000"],
    ["another document", {}, null],
  ])("%s is garbage", async (_name, headers, text) => {
    const body = text === null ? encode(el("Ping", "Ping")) : Buffer.from(text, "latin1");
    const result = await mailboxOver([{ status: 200, headers, body }]).mailbox.folders("0");
    expect(result.ok).toBe(false);
    if (text !== null) expect(result).toMatchObject({ error: { kind: "garbage" } });
  });
});

describe("provisioning", () => {
  it.each([
    ["HTTP 449", { status: 449 }],
    ["status 142", folderStatus("142")],
    ["status 144", folderStatus("144")],
    ["status 165", folderStatus("165")],
  ])("%s: handshake, acknowledgement, the command again", async (_name, refusal) => {
    const { mailbox, seen, state } = mailboxOver([refusal, provision("111"), provision("222"), folders]);
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(commands(seen)).toEqual(["FolderSync", "Provision", "Provision", "FolderSync"]);
    expect(seen.map(({ headers }) => headers["x-ms-policykey"])).toEqual(["0", "0", "111", "222"]);
    expect(state().policyKey).toBe("222");
  });

  it("starts from key 0 when the old key is refused", async () => {
    const { mailbox, seen } = mailboxOver(
      [folderStatus("143"), provision("111"), provision("222"), folders],
      {
        policyKey: "99",
      },
    );
    await mailbox.folders("0");
    expect(seen.map(({ headers }) => headers["x-ms-policykey"])).toEqual(["99", "0", "111", "222"]);
  });

  it("happens once: a server that is never content gives a fault", async () => {
    const { mailbox, seen } = mailboxOver([
      ({ url }) => (url.searchParams.get("Cmd") === "Provision" ? provision("1") : { status: 449 }),
    ]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "status", recovery: "provision" } });
    expect(commands(seen)).toEqual(["FolderSync", "Provision", "Provision", "FolderSync"]);
  });

  it("does without a key when the server has no policy, as SOGo", async () => {
    const { mailbox, seen, state } = mailboxOver([{ status: 449 }, provision(null, "2"), folders]);
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(commands(seen)).toEqual(["FolderSync", "Provision", "FolderSync"]);
    expect(state().policyKey).toBe("0");
  });

  it("is shared by calls that are refused at the same time", async () => {
    let key = "0";
    const { mailbox, seen } = mailboxOver([
      ({ url, headers }) => {
        if (url.searchParams.get("Cmd") !== "Provision") {
          return headers["x-ms-policykey"] === "222" ? folders : { status: 449 };
        }
        key = key === "0" ? "111" : "222";
        return provision(key);
      },
    ]);
    const results = await Promise.all([mailbox.folders("0"), mailbox.folders("0"), mailbox.folders("0")]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(commands(seen).filter((command) => command === "Provision")).toHaveLength(2);
  });

  it.each([
    ["RemoteWipe", "device"],
    ["AccountOnlyRemoteWipe", "account"],
  ] as const)("%s is acknowledged and reported", async (name, what) => {
    const order = answer(el("Provision", "Provision", el("Provision", "Status", "1"), el("Provision", name)));
    const done = answer(el("Provision", "Provision", el("Provision", "Status", "1")));
    const { mailbox, seen } = mailboxOver([folderStatus("140"), order, done]);
    expect(await mailbox.folders("0")).toEqual({
      ok: false,
      error: { kind: "wipe", detail: `${what} wipe ordered` },
    });
    expect(decoded(seen[2])).toEqual(
      el("Provision", "Provision", el("Provision", name, el("Provision", "Status", "1"))),
    );
  });

  it("fails with the handshake's own fault", async () => {
    const failing = (...plays: readonly Play[]) =>
      mailboxOver([{ status: 449 }, ...plays]).mailbox.folders("0");
    expect(await failing({ fault: { kind: "cut", detail: "x" } })).toMatchObject({ error: { kind: "cut" } });
    expect(await failing({ status: 403 })).toMatchObject({ error: { kind: "forbidden" } });
    expect(await failing({ status: 200 })).toMatchObject({ error: { kind: "garbage" } });
    expect(await failing(provision("1", "3"))).toMatchObject({ error: { status: 3, recovery: "give-up" } });
    expect(await failing(provision("1"), provision("2", "5"))).toMatchObject({ error: { status: 5 } });
  });
});

describe("redirects", () => {
  const to = (location: string): Play => ({ status: 451, headers: { "x-ms-location": location } });
  const path = "/Microsoft-Server-ActiveSync";

  it("are followed under TLS, and remembered", async () => {
    const { mailbox, seen, state } = mailboxOver([
      to(`https://other.example.test${path}?Cmd=Options`),
      folders,
    ]);
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(seen[1]?.url.host).toBe("other.example.test");
    expect(seen[1]?.url.searchParams.get("Cmd")).toBe("FolderSync");
    expect(state().url).toBe(`https://other.example.test${path}`);
  });

  it.each([
    ["from TLS to none", "https://mail.example.test", "http://mail.example.test"],
    ["to another host without TLS", "http://127.0.0.1", "http://other.example.test"],
    ["to another scheme", "https://mail.example.test", "ftp://mail.example.test"],
    ["with credentials of its own", "https://mail.example.test", "https://a:b@mail.example.test"],
    ["to nowhere", "https://mail.example.test", ""],
    ["to a path without a host", "https://mail.example.test", "/other"],
    ["to itself", "https://mail.example.test", "https://mail.example.test"],
  ])("%s are not followed", async (_name, from, location) => {
    const target =
      location.startsWith("http") || location.startsWith("ftp") ? `${location}${path}` : location;
    const { mailbox, seen, saved } = mailboxOver([to(target)], { url: `${from}${path}` });
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "server", httpStatus: 451 } });
    expect(seen).toHaveLength(1);
    expect(saved).toEqual([]);
  });

  it("without TLS stay on their host, or go to TLS", async () => {
    const start = { url: `http://127.0.0.1:8080${path}` };
    const same = mailboxOver([to(`http://127.0.0.1:8080/eas`), folders], start);
    expect((await same.mailbox.folders("0")).ok).toBe(true);
    const secure = mailboxOver([to(`https://mail.example.test${path}`), folders], start);
    expect((await secure.mailbox.folders("0")).ok).toBe(true);
  });

  it("are followed three times at most", async () => {
    let count = 0;
    const { mailbox, seen } = mailboxOver([
      () => {
        count += 1;
        return to(`https://h${count}.example.test${path}`);
      },
    ]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "server", httpStatus: 451 } });
    expect(seen).toHaveLength(4);
  });
});
