import { describe, expect, it } from "vitest";
import { protocolVersions } from "../../../electron/protocol/eas/version.ts";
import { el, encode, type WbxmlElement } from "../../../electron/protocol/eas/wbxml/index.ts";
import { answer, decoded, mailboxOver, now, type Play, type Seen } from "./scripted.ts";

const folders = answer(
  el(
    "FolderHierarchy",
    "FolderSync",
    el("FolderHierarchy", "Status", "1"),
    el("FolderHierarchy", "SyncKey", "1"),
  ),
);
const command = ({ url, method }: Seen) => url.searchParams.get("Cmd") ?? method;

describe("negotiation over the wire", () => {
  const offers = (versions: string): Play => ({
    status: 200,
    headers: { "ms-asprotocolversions": versions },
  });

  it.each(protocolVersions)("a server of %s alone: every later request says so", async (version) => {
    const { mailbox, seen, saved } = mailboxOver([offers(`2.5,${version}`), folders, folders], {
      protocolVersion: null,
    });
    await mailbox.folders("0");
    await mailbox.folders("0");
    expect(seen.map(command)).toEqual(["OPTIONS", "FolderSync", "FolderSync"]);
    expect(seen.slice(1).map(({ headers }) => headers["ms-asprotocolversion"])).toEqual([version, version]);
    expect(saved).toEqual([expect.objectContaining({ protocolVersion: version })]);
  });

  it.each(protocolVersions)("connecting again to a server that has come to %s takes it", async (version) => {
    const { mailbox, state } = mailboxOver([offers(`12.0,${version}`)], { protocolVersion: "14.0" });
    expect((await mailbox.connect()).ok).toBe(true);
    expect(state().protocolVersion).toBe(version);
  });

  it("connecting again with nothing new saves nothing", async () => {
    const { mailbox, saved } = mailboxOver([offers("12.1,14.1")]);
    expect((await mailbox.connect()).ok).toBe(true);
    expect(saved).toEqual([]);
  });

  it("a remembered version that we no longer speak is asked for again", async () => {
    const { mailbox, seen } = mailboxOver([offers("14.1"), folders], { protocolVersion: "12.0" });
    await mailbox.folders("0");
    expect(seen.map(command)).toEqual(["OPTIONS", "FolderSync"]);
  });

  it.each([
    ["wrong password", { status: 401 }, { kind: "sign-in" }],
    ["forbidden", { status: 403 }, { kind: "forbidden" }],
    ["another kind of server", { status: 404 }, { kind: "server", httpStatus: 404 }],
    ["a server without OPTIONS", { status: 501 }, { kind: "server", httpStatus: 501 }],
    ["a busy one", { status: 503, headers: { "retry-after": "7" } }, { kind: "busy", retryAfterMs: 7_000 }],
    ["a web server's 200", { status: 200 }, { kind: "garbage" }],
    ["only versions before our time", offers("1.0,2.0,2.5,12.0"), { kind: "garbage" }],
    ["a cut", { fault: { kind: "cut", detail: "x" } }, { kind: "cut" }],
  ] satisfies [string, Play, object][])(
    "%s: no version, and nothing remembered",
    async (_name, play, expected) => {
      const { mailbox, saved } = mailboxOver([play, play], { protocolVersion: null });
      expect(await mailbox.connect()).toMatchObject({ ok: false, error: expected });
      // A command that needs the version fails with the same words.
      expect(await mailbox.folders("0")).toMatchObject({ ok: false, error: expected });
      expect(saved).toEqual([]);
    },
  );

  it("follows a redirect before there is a version", async () => {
    const location = "https://other.example.test/Microsoft-Server-ActiveSync";
    const { mailbox, seen, state } = mailboxOver(
      [{ status: 451, headers: { "x-ms-location": location } }, offers("16.1")],
      { protocolVersion: null },
    );
    expect((await mailbox.connect()).ok).toBe(true);
    expect(seen.map(({ url }) => url.href)).toEqual([
      "https://mail.example.test/Microsoft-Server-ActiveSync",
      location,
    ]);
    expect(state()).toMatchObject({ url: location, protocolVersion: "16.1" });
  });
});

/** A server with a policy, as MS-ASPROV 3.2.5.1 has it: two phases, and commands only with the final key. */
function strict(options: { readonly refusal?: Play; readonly policyStatus?: string } = {}) {
  let accepted = "none";
  let offered = "none";
  let issued = 100;
  const play = (seen: Seen): Play => {
    const key = seen.headers["x-ms-policykey"];
    if (command(seen) !== "Provision") {
      return key === accepted ? folders : (options.refusal ?? { status: 449 });
    }
    const acknowledged = JSON.stringify(decoded(seen)).includes('"PolicyKey"');
    const status = acknowledged && key !== offered ? "5" : (options.policyStatus ?? "1");
    issued += 1;
    if (acknowledged) accepted = String(issued);
    else offered = String(issued);
    return provision(status, status === "1" ? String(issued) : null);
  };
  return {
    play,
    expire: () => {
      accepted = "none";
    },
  };
}

function provision(status: string, key: string | null, ...more: readonly WbxmlElement[]): Play {
  const policy = el(
    "Provision",
    "Policy",
    el("Provision", "PolicyType", "MS-EAS-Provisioning-WBXML"),
    el("Provision", "Status", status),
    key === null ? null : el("Provision", "PolicyKey", key),
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

const folderStatus = (code: string) =>
  answer(el("FolderHierarchy", "FolderSync", el("FolderHierarchy", "Status", code)));

describe("a server with a policy", () => {
  it("accepts us after two phases, the second with the temporary key", async () => {
    const { play } = strict();
    const { mailbox, seen, state } = mailboxOver([play, play, play, play]);
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(seen.map((one) => [command(one), one.headers["x-ms-policykey"]])).toEqual([
      ["FolderSync", "0"],
      ["Provision", "0"],
      ["Provision", "101"],
      ["FolderSync", "102"],
    ]);
    expect(state().policyKey).toBe("102");
  });

  it("whose key expires in the middle is asked again, and the key after that one too", async () => {
    const server = strict();
    const { mailbox, seen } = mailboxOver(Array.from({ length: 20 }, () => server.play));
    for (let round = 0; round < 3; round += 1) {
      expect((await mailbox.folders("0")).ok).toBe(true);
      expect((await mailbox.folders("0")).ok).toBe(true);
      server.expire();
    }
    expect(seen.map(command)).toEqual(
      Array.from({ length: 3 }, () => [
        "FolderSync",
        "Provision",
        "Provision",
        "FolderSync",
        "FolderSync",
      ]).flat(),
    );
  });

  it.each(["141", "142", "143", "144", "165"])(
    "that says so with status %s instead of 449 is the same",
    async (code) => {
      const { play } = strict({ refusal: folderStatus(code) });
      const { mailbox, seen } = mailboxOver([play, play, play, play]);
      expect((await mailbox.folders("0")).ok).toBe(true);
      expect(seen).toHaveLength(4);
    },
  );

  it("that has no policy for us is not acknowledged; it then either lets us in or gives its fault", async () => {
    const none = strict({ policyStatus: "2" });
    const { mailbox, seen } = mailboxOver([none.play, none.play, none.play]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "status", recovery: "provision" } });
    expect(seen.map(command)).toEqual(["FolderSync", "Provision", "FolderSync"]);
  });

  it.each([
    ["3, an unknown kind of policy", "3", "give-up"],
    ["4, a corrupt policy", "4", "retry-later"],
    ["5, the wrong key", "5", "provision"],
    ["6, which nobody defined", "6", "give-up"],
  ])("policy status %s ends the handshake", async (_name, status, recovery) => {
    const { mailbox, seen } = mailboxOver([{ status: 449 }, provision(status, null)]);
    expect(await mailbox.folders("0")).toMatchObject({
      error: { kind: "status", command: "Provision", recovery },
    });
    expect(seen).toHaveLength(2);
  });

  it.each([
    ["2", "give-up"],
    ["3", "retry-later"],
    ["110", "retry-later"],
    ["126", null],
    ["177", null],
    ["142", "provision"],
  ])("Provision status %s ends it too", async (status, recovery) => {
    const play = answer(el("Provision", "Provision", el("Provision", "Status", status)));
    const { mailbox, seen } = mailboxOver([{ status: 449 }, play]);
    const expected = recovery === null ? { kind: "device-blocked" } : { kind: "status", recovery };
    expect(await mailbox.folders("0")).toMatchObject({ ok: false, error: expected });
    expect(seen).toHaveLength(2);
  });

  it("that answers 449 to Provision itself is not asked for ever", async () => {
    const { mailbox, seen } = mailboxOver([() => ({ status: 449 }), () => ({ status: 449 })]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "status", recovery: "provision" } });
    expect(seen).toHaveLength(2);
  });

  it("that never lets us in is asked once for each call", async () => {
    const play = (seen: Seen): Play =>
      command(seen) === "Provision" ? provision("1", "9") : { status: 449 };
    const { mailbox, seen } = mailboxOver(Array.from({ length: 8 }, () => play));
    await mailbox.folders("0");
    await mailbox.folders("0");
    expect(seen.map(command).filter((name) => name === "FolderSync")).toHaveLength(4);
  });

  it("that fails in between leaves us to start from key 0 the next time", async () => {
    const { mailbox, seen } = mailboxOver(
      [
        { status: 449 },
        { fault: { kind: "cut", detail: "x" } },
        { status: 449 },
        provision("1", "5"),
        provision("1", "6"),
        folders,
      ],
      { policyKey: "77" },
    );
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "cut" } });
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(seen.map(({ headers }) => headers["x-ms-policykey"])).toEqual(["77", "0", "0", "0", "5", "6"]);
  });

  it("that is busy with Provision says until when", async () => {
    const { mailbox } = mailboxOver([
      { status: 449 },
      { status: 503, headers: { "retry-after": new Date(now + 30_000).toUTCString() } },
    ]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "busy", retryAfterMs: 30_000 } });
  });

  it.each(protocolVersions)("hears about this device as %s has it", async (protocolVersion) => {
    const { play } = strict();
    const { mailbox, seen } = mailboxOver([play, play, play, play], { protocolVersion });
    expect((await mailbox.folders("0")).ok).toBe(true);
    const told = JSON.stringify(decoded(seen[1])).includes("DeviceInformation");
    expect(told).toBe(["14.1", "16.0", "16.1"].includes(protocolVersion));
  });
});

describe("an order to wipe", () => {
  const order = (name: "RemoteWipe" | "AccountOnlyRemoteWipe") =>
    answer(el("Provision", "Provision", el("Provision", "Status", "1"), el("Provision", name)));

  it.each([
    ["RemoteWipe", "device wipe ordered"],
    ["AccountOnlyRemoteWipe", "account wipe ordered"],
  ] as const)("%s stands, also when its acknowledgement does not arrive", async (name, detail) => {
    for (const lost of [
      { fault: { kind: "cut", detail: "x" } },
      { status: 500 },
      { status: 449 },
    ] satisfies Play[]) {
      const { mailbox, seen } = mailboxOver([folderStatus("140"), order(name), lost]);
      expect(await mailbox.folders("0")).toEqual({ ok: false, error: { kind: "wipe", detail } });
      expect(seen.map(command)).toEqual(["FolderSync", "Provision", "Provision"]);
    }
  });

  it("outweighs a policy that comes with it: that one is not acknowledged", async () => {
    const both = provision("1", "5", el("Provision", "RemoteWipe"));
    const { mailbox, seen, state } = mailboxOver([{ status: 449 }, both, { status: 200 }]);
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "wipe" } });
    expect(Buffer.from(seen[2]?.body ?? [])).toEqual(
      Buffer.from(
        encode(el("Provision", "Provision", el("Provision", "RemoteWipe", el("Provision", "Status", "1")))),
      ),
    );
    expect(state().policyKey).toBe("0");
  });

  it("reaches every call that was refused at the time", async () => {
    const play = (seen: Seen): Play => {
      if (command(seen) !== "Provision") return folderStatus("140");
      return JSON.stringify(decoded(seen)).includes("RemoteWipe") ? { status: 200 } : order("RemoteWipe");
    };
    const { mailbox, seen } = mailboxOver(Array.from({ length: 12 }, () => play));
    const results = await Promise.all([mailbox.folders("0"), mailbox.folders("0"), mailbox.folders("0")]);
    for (const result of results) expect(result).toMatchObject({ error: { kind: "wipe" } });
    expect(seen.map(command).filter((name) => name === "Provision")).toHaveLength(2);
  });
});

describe("redirects in a session", () => {
  const path = "/Microsoft-Server-ActiveSync";
  const to = (location: string): Play => ({ status: 451, headers: { "x-ms-location": location } });

  it("between two hosts end after three, and the last place is remembered", async () => {
    const play = ({ url }: Seen): Play =>
      to(`https://${url.host === "a.example.test" ? "b" : "a"}.example.test${path}`);
    const { mailbox, seen } = mailboxOver(Array.from({ length: 9 }, () => play));
    expect(await mailbox.folders("0")).toMatchObject({ error: { kind: "server", httpStatus: 451 } });
    expect(seen).toHaveLength(4);
  });

  it("before a policy: the handshake happens at the new place", async () => {
    const server = strict();
    const { mailbox, seen } = mailboxOver([
      to(`https://b.example.test${path}`),
      ...Array.from({ length: 4 }, () => server.play),
    ]);
    expect((await mailbox.folders("0")).ok).toBe(true);
    expect(seen.map(({ url }) => url.host)).toEqual([
      "mail.example.test",
      ...Array<string>(4).fill("b.example.test"),
    ]);
  });

  it.each([
    ["a port that is not the old one", `https://mail.example.test:444${path}`, true],
    ["a sub-domain", `https://eas.mail.example.test${path}`, true],
    ["another path", "https://mail.example.test/eas", true],
    ["capitals", `HTTPS://MAIL2.EXAMPLE.TEST${path}`, true],
    ["blanks around", ` https://b.example.test${path} `, true],
    ["no TLS", `http://b.example.test${path}`, false],
    ["a password in it", `https://u:p@b.example.test${path}`, false],
    ["a user in it", `https://u@b.example.test${path}`, false],
    ["a script", "javascript:alert(1)", false],
    ["a file", "file:///etc/passwd", false],
    ["a relative path", path, false],
    ["no scheme", `//b.example.test${path}`, false],
    ["nothing", "", false],
  ])("to %s", async (_name, location, followed) => {
    const { mailbox, seen } = mailboxOver([to(location), folders]);
    expect((await mailbox.folders("0")).ok).toBe(followed);
    expect(seen).toHaveLength(followed ? 2 : 1);
  });
});
