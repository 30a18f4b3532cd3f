import { connect } from "node:net";
import { type FakeExchange, type FakeExchangeOptions, startFakeExchange } from "../../fake-exchange/index.ts";
import { type MailMessage, mailMessage } from "../../fake-exchange/mail/message.ts";
import { child, e, text, type WbxmlNode, type WbxmlOutput } from "../../fake-exchange/wbxml/node.ts";
import { readWbxml } from "../../fake-exchange/wbxml/read.ts";
import { writeWbxml } from "../../fake-exchange/wbxml/write.ts";

export const NOW = Date.UTC(2026, 10, 20, 12);

/** A server with Ada and Ben, whose clock stands still. */
export function start(options: Partial<FakeExchangeOptions> = {}): Promise<FakeExchange> {
  return startFakeExchange({
    users: [
      { name: "ada", password: "secret", address: "ada@halden.example", displayName: "Ada Berg" },
      { name: "ben", password: "secret", address: "ben@halden.example", displayName: "Ben Ruiz" },
    ],
    now: () => NOW,
    ...options,
  });
}

/** A plain mail; `number` makes it different from others, higher is newer. */
export function mail(number: number, change: Partial<MailMessage> = {}): MailMessage {
  return mailMessage({
    messageId: `<${number}@halden.example>`,
    from: { name: "Ben Ruiz", email: "ben@halden.example" },
    to: [{ name: "Ada Berg", email: "ada@halden.example" }],
    subject: `Message ${number}`,
    date: NOW - 3_600_000 + number * 1000,
    text: `Text of ${number}`,
    ...change,
  });
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly document: WbxmlNode | null;
  readonly bytes: Uint8Array;
}

/** A client without memory, that sends exactly what it is told to. */
export class Client {
  readonly server: FakeExchange;
  readonly version: string;
  policyKey = "";
  user = "ada";

  constructor(server: FakeExchange, version = "16.1") {
    this.server = server;
    this.version = version;
  }

  get headers(): Record<string, string> {
    return {
      Authorization: `Basic ${Buffer.from(`${this.user}:secret`).toString("base64")}`,
      "MS-ASProtocolVersion": this.version,
      "Content-Type": "application/vnd.ms-sync.wbxml",
      ...(this.policyKey === "" ? {} : { "X-MS-PolicyKey": this.policyKey }),
    };
  }

  async raw(query: string, init: RequestInit): Promise<Reply> {
    const response = await fetch(`${this.server.url}${query}`, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isWbxml = response.headers.get("content-type") === "application/vnd.ms-sync.wbxml";
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      document: isWbxml && bytes.length > 0 ? readWbxml(bytes) : null,
    };
  }

  send(command: string, body: WbxmlOutput | null, extra = ""): Promise<Reply> {
    return this.raw(`?Cmd=${command}&User=${this.user}&DeviceId=dev1&DeviceType=Test${extra}`, {
      method: "POST",
      headers: this.headers,
      body: body === null ? null : writeWbxml(body),
    });
  }

  folderSync(key: string): Promise<Reply> {
    return this.send("FolderSync", e("FolderHierarchy:FolderSync", e("FolderHierarchy:SyncKey", key)));
  }

  /** One collection; `parts` in the order of the schema. */
  sync(key: string, collectionId: string, ...parts: readonly WbxmlOutput[]): Promise<Reply> {
    return this.send("Sync", syncRequest(key, collectionId, ...parts));
  }

  /** The first key and everything behind it: the last key and all ids. */
  async fetchAll(
    collectionId: string,
    ...parts: readonly WbxmlOutput[]
  ): Promise<{ key: string; ids: string[] }> {
    let key = collectionOf(await this.sync("0", collectionId)).key;
    const ids: string[] = [];
    for (;;) {
      const answer = collectionOf(await this.sync(key, collectionId, ...parts));
      if (answer.node === null) return { key, ids };
      key = answer.key;
      ids.push(...answer.added.map((one) => text(one, "AirSync:ServerId") ?? ""));
      if (!answer.more) return { key, ids };
    }
  }
}

export function syncRequest(
  key: string,
  collectionId: string,
  ...parts: readonly WbxmlOutput[]
): WbxmlOutput {
  return e(
    "AirSync:Sync",
    e(
      "AirSync:Collections",
      e("AirSync:Collection", e("AirSync:SyncKey", key), e("AirSync:CollectionId", collectionId), parts),
    ),
  );
}

export interface CollectionReply {
  readonly node: WbxmlNode | null;
  readonly key: string;
  readonly status: string | null;
  readonly more: boolean;
  readonly added: readonly WbxmlNode[];
  readonly changed: readonly WbxmlNode[];
  readonly deleted: readonly string[];
  readonly responses: readonly WbxmlNode[];
}

export function collectionOf(reply: Reply): CollectionReply {
  const list = reply.document === null ? null : child(reply.document, "AirSync:Collections");
  const node = list?.children[0] ?? null;
  const commands = (node === null ? null : child(node, "AirSync:Commands"))?.children ?? [];
  const of = (name: string): WbxmlNode[] => commands.filter((one) => one.name === `AirSync:${name}`);
  return {
    node,
    key: text(node, "AirSync:SyncKey") ?? "",
    status: text(node, "AirSync:Status"),
    more: node !== null && child(node, "AirSync:MoreAvailable") !== null,
    added: of("Add"),
    changed: of("Change"),
    deleted: [...of("Delete"), ...of("SoftDelete")].map((one) => text(one, "AirSync:ServerId") ?? ""),
    responses: (node === null ? null : child(node, "AirSync:Responses"))?.children ?? [],
  };
}

export function commands(...list: readonly WbxmlOutput[]): WbxmlOutput {
  return e("AirSync:Commands", list);
}

export function readCommand(serverId: string, read: boolean): WbxmlOutput {
  return e(
    "AirSync:Change",
    e("AirSync:ServerId", serverId),
    e("AirSync:ApplicationData", e("Email:Read", read ? 1 : 0)),
  );
}

/** The element at a path of names below the root; null when there is none. */
export function at(reply: Reply, ...path: readonly string[]): WbxmlNode | null {
  let node = reply.document;
  for (const name of path) node = node === null ? null : child(node, name);
  return node;
}

/** Sends bytes to the port and returns everything that came back before the end. */
export function exchangeBytes(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (chunk) => {
      got += chunk.toString("latin1");
    });
    socket.on("error", () => resolve(got));
    socket.on("close", () => resolve(got));
  });
}
