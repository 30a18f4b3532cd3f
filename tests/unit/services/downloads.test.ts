import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RemoteFault, RemoteMailbox } from "../../../electron/ports/remote.ts";
import { createDownloads } from "../../../electron/services/downloads.ts";
import type { AttachmentStore } from "../../../electron/store/api.ts";
import { err, ok } from "../../../shared/base/result.ts";
import { AttachmentIdSchema } from "../../../shared/model/ids.ts";
import { ACCOUNT_ID, messageId } from "../../support/mail.ts";

const ID = v.parse(AttachmentIdSchema, 3);
const CHUNKS = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5])];

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "downloads-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A store that holds one attachment, and counts what is done to it. */
function store(size = 5) {
  const kept: Uint8Array[] = [];
  const log: string[] = [];
  let stored = false;
  const attachments: AttachmentStore = {
    get: (id) =>
      id !== ID
        ? null
        : {
            attachment: {
              id: ID,
              name: "a.bin",
              type: "application/octet-stream",
              size,
              inline: false,
              contentId: null,
              state: stored ? "stored" : "remote",
            },
            accountId: ACCOUNT_ID,
            messageId: messageId(1),
            fileReference: "5:1:0",
          },
    byContentId: () => null,
    write: () => ({
      append: (chunk) => kept.push(chunk),
      finish: (type) => {
        stored = true;
        log.push(`finish ${type}`);
      },
      abort: () => {
        kept.length = 0;
        log.push("abort");
      },
    }),
    read: () => (stored ? kept : null),
  };
  return { attachments, log };
}

function mailbox(deliver: RemoteMailbox["attachment"]): RemoteMailbox {
  return { attachment: deliver } as RemoteMailbox;
}

const delivers = (count: { calls: number }) =>
  mailbox(async (_reference, sink) => {
    count.calls += 1;
    for (const chunk of CHUNKS) await sink(chunk);
    return ok({ bytes: 5, type: "image/png" });
  });

const fails = (fault: RemoteFault) => mailbox(async () => err(fault));

describe("downloads", () => {
  it("fetches once, however many ask at the same time, and tells how far it is", async () => {
    const count = { calls: 0 };
    const { attachments, log } = store();
    const progress: number[] = [];
    const remote = delivers(count);
    const downloads = createDownloads({
      attachments,
      mailbox: () => remote,
      onProgress: (_id, received, total) => progress.push(received, total),
    });
    const results = await Promise.all([downloads.fetch(ID), downloads.fetch(ID), downloads.fetch(ID)]);
    expect(results).toEqual([ok({}), ok({}), ok({})]);
    expect(await downloads.fetch(ID)).toEqual(ok({}));
    expect(count.calls).toBe(1);
    expect(progress).toEqual([3, 5, 5, 5]);
    expect(log).toEqual(["finish image/png"]);
  });

  it.each([
    [{ kind: "offline", detail: "" }, "offline"],
    [{ kind: "cut", detail: "" }, "offline"],
    [{ kind: "status", command: "ItemOperations", status: 6, recovery: "object-gone" }, "not-found"],
    [{ kind: "status", command: "ItemOperations", status: 11, recovery: "give-up" }, "server"],
    [{ kind: "garbage", detail: "" }, "server"],
  ] as const)("keeps nothing half and names the cause: %j", async (fault, code) => {
    const { attachments, log } = store();
    const remote = fails(fault);
    const downloads = createDownloads({ attachments, mailbox: () => remote, onProgress: () => {} });
    expect(await downloads.fetch(ID)).toMatchObject({ ok: false, error: { code } });
    expect(log).toEqual(["abort"]);
  });

  it("can be tried again after a failure", async () => {
    const { attachments } = store();
    const count = { calls: 0 };
    let remote = fails({ kind: "cut", detail: "" });
    const downloads = createDownloads({ attachments, mailbox: () => remote, onProgress: () => {} });
    expect((await downloads.fetch(ID)).ok).toBe(false);
    remote = delivers(count);
    expect((await downloads.fetch(ID)).ok).toBe(true);
  });

  it("asks nobody for what is unknown, too large or of a closed account", async () => {
    const count = { calls: 0 };
    const remote = delivers(count);
    const far = createDownloads({
      attachments: store(65 * 2 ** 20).attachments,
      mailbox: () => remote,
      onProgress: () => {},
    });
    expect(await far.fetch(ID)).toMatchObject({ ok: false, error: { code: "too-large" } });
    expect(await far.fetch(v.parse(AttachmentIdSchema, 9))).toMatchObject({
      ok: false,
      error: { code: "not-found" },
    });
    const alone = createDownloads({
      attachments: store().attachments,
      mailbox: () => null,
      onProgress: () => {},
    });
    expect(await alone.fetch(ID)).toMatchObject({ ok: false, error: { code: "offline" } });
    expect(count.calls).toBe(0);
  });

  it("stops a server that sends more than it said", async () => {
    const { attachments, log } = store(10);
    const big = new Uint8Array(40 * 2 ** 20);
    const remote = mailbox(async (_reference, sink, signal) => {
      for (let i = 0; i < 3 && !signal?.aborted; i += 1) await sink(big);
      return err({ kind: "cancelled", detail: "" });
    });
    const downloads = createDownloads({ attachments, mailbox: () => remote, onProgress: () => {} });
    expect(await downloads.fetch(ID)).toMatchObject({ ok: false, error: { code: "too-large" } });
    expect(log).toEqual(["abort"]);
  });
});

describe("exportTo", () => {
  const make = () => {
    const { attachments } = store();
    const remote = delivers({ calls: 0 });
    return createDownloads({ attachments, mailbox: () => remote, onProgress: () => {} });
  };

  it("writes the whole file, over an older one", async () => {
    const path = join(dir, "a.bin");
    await writeFile(path, "older and longer than the new one");
    expect(await make().exportTo(ID, path)).toEqual(ok({}));
    expect([...(await readFile(path))]).toEqual([1, 2, 3, 4, 5]);
    expect(await readdir(dir)).toEqual(["a.bin"]);
  });

  it("leaves nothing behind where it cannot write", async () => {
    const result = await make().exportTo(ID, join(dir, "missing", "a.bin"));
    expect(result).toMatchObject({ ok: false, error: { code: "failed" } });
    expect(await readdir(dir)).toEqual([]);
  });
});
