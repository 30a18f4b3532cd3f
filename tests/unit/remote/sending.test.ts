import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutgoingMessage } from "../../../electron/ports/remote.ts";
import {
  child,
  childText,
  decode,
  el,
  textOf,
  type WbxmlElement,
} from "../../../electron/protocol/eas/wbxml/index.ts";
import { answer, mailboxOver, type Play, type Seen } from "./scripted.ts";

const seed = 20261121;
const mime = new TextEncoder().encode("From: a@example.test\r\nTo: b@example.test\r\n\r\nOnce.\r\n");

function message(kind: OutgoingMessage["kind"] = "send"): OutgoingMessage {
  return {
    clientId: "7d1b3e52-1f0e-4f0c-9a51-4a5f0e3c0001",
    kind,
    source: kind === "send" ? null : { collectionId: "7", serverId: "7:1" },
    size: mime.length,
    async *open() {
      for (let at = 0; at < mime.length; at += 16) yield mime.subarray(at, at + 16);
    },
  };
}

/** What goes wrong with one attempt, and whether the server has acted by then. */
const mishaps = {
  "never left": { acts: false, play: { fault: { kind: "offline", detail: "ECONNREFUSED" } } },
  "cut before the server acted": { acts: false, play: { fault: { kind: "cut", detail: "ECONNRESET" } } },
  "cut after the server acted": { acts: true, play: { fault: { kind: "cut", detail: "ECONNRESET" } } },
  "silence after the server acted": { acts: true, play: { fault: { kind: "timeout", detail: "silent" } } },
  "an answer that is cut": { acts: true, play: { status: 200, body: new Uint8Array(9), cutAfter: 2 } },
  "an answer that is garbage": {
    acts: true,
    play: { status: 200, body: new TextEncoder().encode("<html>") },
  },
  "a proxy's page": { acts: false, play: { status: 200, headers: { "content-type": "text/html" } } },
  "the server failing before": { acts: false, play: { status: 500 } },
  "the proxy failing after": { acts: true, play: { status: 502 } },
  "the server being busy": { acts: false, play: { status: 503, headers: { "retry-after": "5" } } },
} as const satisfies Readonly<Record<string, { readonly acts: boolean; readonly play: Play }>>;
type Mishap = keyof typeof mishaps;
const names = Object.keys(mishaps).filter((name): name is Mishap => name in mishaps);

/** A server as MS-ASCMD 2.2.3.28.2 has it: it knows a message that it has sent by its client id. */
function server(plan: readonly Mishap[], sourceIsThere: boolean) {
  const delivered: string[] = [];
  const known = new Set<string>();
  const commands: string[] = [];
  const ids = new Set<string | null>();
  const texts = new Set<string>();
  const act = (root: WbxmlElement, id: string): Play => {
    const status = (code: number) =>
      answer(el("ComposeMail", "SendMail", el("ComposeMail", "Status", String(code))));
    if (root.name !== "SendMail" && !sourceIsThere) return status(150);
    if (known.has(id)) return status(118);
    known.add(id);
    delivered.push(id);
    return { status: 200 };
  };
  const play = (seen: Seen): Play => {
    const document = decode(seen.body);
    if (!document.ok) throw new Error(document.error.detail);
    const id = childText(document.value.root, "ComposeMail", "ClientId") ?? "";
    const sent = child(document.value.root, "ComposeMail", "Mime")?.content[0];
    const mishap = plan[commands.length];
    commands.push(document.value.root.name);
    ids.add(id);
    texts.add(Buffer.from(sent instanceof Uint8Array ? sent : []).toString());
    if (mishap === undefined) return act(document.value.root, id);
    if (mishaps[mishap].acts) act(document.value.root, id);
    return mishaps[mishap].play;
  };
  return { play, delivered, commands, ids, texts };
}

/** Tries as the outbox does: the same message again, until the server confirms it. */
async function untilSent(plan: readonly Mishap[], kind: OutgoingMessage["kind"], sourceIsThere: boolean) {
  const there = server(plan, sourceIsThere);
  const { mailbox } = mailboxOver([there.play]);
  let attempts = 0;
  for (; attempts <= plan.length; attempts += 1) if ((await mailbox.send(message(kind))).ok) break;
  return { ...there, attempts: attempts + 1 };
}

describe("a message reaches its readers exactly once", () => {
  it.each(names)("when the first attempt ends with %s", async (mishap) => {
    const { delivered, ids, texts, commands } = await untilSent([mishap], "send", true);
    expect(delivered).toHaveLength(1);
    expect(ids.size).toBe(1);
    expect([...texts]).toEqual([Buffer.from(mime).toString()]);
    expect(commands).toEqual(["SendMail", "SendMail"]);
  });

  it("through whatever series of mishaps, new or in answer to something, its source there or gone", async () => {
    const plan = fc.array(fc.constantFrom(...names), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        plan,
        fc.constantFrom("send", "reply", "forward"),
        fc.boolean(),
        async (mishap, kind, there) => {
          const { delivered, ids, texts } = await untilSent(mishap, kind, there);
          expect(delivered).toHaveLength(1);
          expect(ids.size).toBe(1);
          expect(texts.size).toBe(1);
        },
      ),
      { seed, numRuns: 250 },
    );
  });
});

describe("a reply whose source is gone", () => {
  it("goes as plain mail at once: the server said that it had not sent it", async () => {
    const { commands, delivered, ids } = await untilSent([], "reply", false);
    expect(commands).toEqual(["SmartReply", "SendMail"]);
    expect(delivered).toHaveLength(1);
    expect(ids.size).toBe(1);
  });

  it("a forward as well", async () => {
    expect((await untilSent([], "forward", false)).commands).toEqual(["SmartForward", "SendMail"]);
  });

  it("is not sent twice when the answer to the plain mail is lost: the next attempt has the same id", async () => {
    const there = server([], false);
    let count = 0;
    const { mailbox } = mailboxOver([
      (seen) => {
        count += 1;
        const play = there.play(seen);
        return count === 2 ? { fault: { kind: "cut", detail: "ECONNRESET" } } : play;
      },
    ]);
    expect(await mailbox.send(message("reply"))).toMatchObject({ ok: false, error: { kind: "cut" } });
    expect((await mailbox.send(message("reply"))).ok).toBe(true);
    expect(there.commands).toEqual(["SmartReply", "SendMail", "SmartReply", "SendMail"]);
    expect(there.delivered).toHaveLength(1);
    expect(there.ids.size).toBe(1);
  });

  it("is tried as plain mail once: a server that has no SendMail either gives its fault", async () => {
    const gone = answer(el("ComposeMail", "SmartReply", el("ComposeMail", "Status", "150")));
    const { mailbox, seen } = mailboxOver([gone, gone]);
    expect(await mailbox.send(message("reply"))).toMatchObject({
      error: { status: 150, recovery: "object-gone" },
    });
    expect(seen).toHaveLength(2);
  });

  it.each(["117", "116", "120", "121", "110", "113"])(
    "status %s is no reason to send it in another way",
    async (code) => {
      const refused = answer(el("ComposeMail", "SmartReply", el("ComposeMail", "Status", code)));
      const { mailbox, seen } = mailboxOver([refused]);
      expect((await mailbox.send(message("reply"))).ok).toBe(false);
      expect(seen).toHaveLength(1);
    },
  );
});

describe("a message that needs a policy first", () => {
  const handshake = (key: string) =>
    answer(
      el(
        "Provision",
        "Provision",
        el("Provision", "Status", "1"),
        el(
          "Provision",
          "Policies",
          el(
            "Provision",
            "Policy",
            el("Provision", "PolicyType", "MS-EAS-Provisioning-WBXML"),
            el("Provision", "Status", "1"),
            el("Provision", "PolicyKey", key),
          ),
        ),
      ),
    );

  it.each([
    ["HTTP 449", { status: 449 }],
    ["status 142", answer(el("ComposeMail", "SendMail", el("ComposeMail", "Status", "142")))],
  ])("%s: is sent again whole, with the same id", async (_name, refusal: Play) => {
    const { mailbox, seen } = mailboxOver([refusal, handshake("1"), handshake("2"), { status: 200 }]);
    expect((await mailbox.send(message())).ok).toBe(true);
    const [first, , , last] = seen;
    expect(first?.url.searchParams.get("Cmd")).toBe("SendMail");
    expect(Buffer.from(last?.body ?? []).toString("hex")).toBe(
      Buffer.from(first?.body ?? []).toString("hex"),
    );
    expect(last?.headers["x-ms-policykey"]).toBe("2");
  });

  it("a redirect on the way sends it whole to the new place, and nothing of it twice to one", async () => {
    const location = "https://other.example.test/Microsoft-Server-ActiveSync";
    const { mailbox, seen } = mailboxOver([
      { status: 451, headers: { "x-ms-location": location } },
      { status: 200 },
    ]);
    expect((await mailbox.send(message())).ok).toBe(true);
    expect(seen.map(({ url }) => url.host)).toEqual(["mail.example.test", "other.example.test"]);
    const ids = seen.map(({ body }) => {
      const document = decode(body);
      return document.ok
        ? textOf(child(document.value.root, "ComposeMail", "ClientId") ?? document.value.root)
        : "";
    });
    expect(new Set(ids)).toEqual(new Set([message().clientId]));
  });
});
