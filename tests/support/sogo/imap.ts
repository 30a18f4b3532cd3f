import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface ImapMessage {
  readonly uid: number;
  readonly flags: readonly string[];
  /** The message as stored; empty unless asked for. */
  readonly mime: Uint8Array;
}

/** As much IMAP (RFC 3501) as tests need to look at a mailbox, and to fill it, past ActiveSync. */
export interface ImapClient {
  append(folder: string, messages: readonly Uint8Array[]): Promise<void>;
  count(folder: string): Promise<number>;
  /** The messages whose subject contains these ASCII words, in the order of arrival. */
  find(folder: string, subject: string, want?: "flags" | "all"): Promise<ImapMessage[]>;
  /** Removes those messages for good. */
  remove(folder: string, subject: string): Promise<void>;
  close(): void;
}

/** Signs in without TLS: loopback only. */
export async function openImap(host: string, port: number, user: string, password: string) {
  const wire = await openWire(connect({ host, port }));
  let tag = 0;
  const command = async (text: string, literal?: Uint8Array): Promise<Buffer> => {
    tag += 1;
    wire.write(`a${tag} ${text}${literal === undefined ? "" : ` {${literal.length}}`}\r\n`);
    if (literal !== undefined) {
      await wire.read((seen) => (seen.startsWith("+") || seen.includes("\r\n+") ? seen.length : 0));
      wire.write(literal);
      wire.write("\r\n");
    }
    const end = new RegExp(`(?:^|\\r\\n)a${tag} (OK|NO|BAD)[^\\r\\n]*\\r\\n$`);
    const answer = await wire.read((seen) => (end.test(seen) ? seen.length : 0));
    if (end.exec(answer.toString("latin1"))?.[1] !== "OK") {
      throw new Error(`IMAP refused ${text}: ${answer.toString("latin1").slice(-300)}`);
    }
    return answer;
  };
  const uidsOf = async (folder: string, subject: string): Promise<string> => {
    await command(`SELECT "${folder}"`);
    const found = await command(`UID SEARCH HEADER Subject "${subject}"`);
    return (/^\* SEARCH([ \d]*)/m.exec(found.toString("latin1"))?.[1] ?? "").trim().replaceAll(" ", ",");
  };
  await wire.read((seen) => (seen.includes("\r\n") ? seen.length : 0));
  await command(`LOGIN "${user}" "${password}"`);

  const client: ImapClient = {
    async append(folder, messages) {
      for (const message of messages) await command(`APPEND "${folder}"`, message);
    },
    async count(folder) {
      const answer = await command(`STATUS "${folder}" (MESSAGES)`);
      return Number(/MESSAGES (\d+)/.exec(answer.toString("latin1"))?.[1]);
    },
    async find(folder, subject, want = "flags") {
      const uids = await uidsOf(folder, subject);
      if (uids === "") return [];
      return parseFetched(await command(`UID FETCH ${uids} (FLAGS${want === "all" ? " BODY.PEEK[]" : ""})`));
    },
    async remove(folder, subject) {
      const uids = await uidsOf(folder, subject);
      if (uids === "") return;
      await command(`UID STORE ${uids} +FLAGS.SILENT (\\Deleted)`);
      await command("EXPUNGE");
    },
    close: wire.close,
  };
  return client;
}

/** Reads the FETCH lines of an answer; literals are taken by their length, whatever they hold. */
function parseFetched(answer: Buffer): ImapMessage[] {
  const text = answer.toString("latin1");
  const messages: ImapMessage[] = [];
  const start = /\* \d+ FETCH \(/g;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const line = text.slice(match.index, text.indexOf("\r\n", match.index));
    const size = Number(/BODY\[\] \{(\d+)\}$/.exec(line)?.[1] ?? 0);
    const from = match.index + line.length + 2;
    // Flags and UID may also follow the literal.
    const rest = size === 0 ? "" : text.slice(from + size, text.indexOf("\r\n", from + size));
    const facts = `${line} ${rest}`;
    messages.push({
      uid: Number(/UID (\d+)/.exec(facts)?.[1]),
      flags: (/FLAGS \(([^)]*)\)/.exec(facts)?.[1] ?? "").split(" ").filter((flag) => flag !== ""),
      mime: Uint8Array.from(answer.subarray(from, from + size)),
    });
    start.lastIndex = size === 0 ? start.lastIndex : from + size;
  }
  return messages;
}

/** Bytes in and out; `read` waits until `enough` tells how many of those that have come are the answer. */
async function openWire(socket: Socket) {
  await once(socket, "connect");
  let seen = Buffer.alloc(0);
  let failure: Error | null = null;
  let wake = () => {};
  socket.on("data", (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    wake();
  });
  socket.on("error", (error) => {
    failure = error;
  });
  socket.on("close", () => {
    failure ??= new Error("the IMAP connection ended");
    wake();
  });
  return {
    write: (bytes: string | Uint8Array): void => void socket.write(bytes),
    async read(enough: (seen: string) => number): Promise<Buffer> {
      for (;;) {
        const length = enough(seen.toString("latin1"));
        if (length > 0) {
          const answer = seen.subarray(0, length);
          seen = seen.subarray(length);
          return answer;
        }
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: (): void => void socket.destroy(),
  };
}
