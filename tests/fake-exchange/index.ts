import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import type { Policy, ServerOptions } from "./commands/context.ts";
import { FaultPlan } from "./faults.ts";
import { garbage, sendCut } from "./http/broken.ts";
import { type Endpoint, type HttpAnswer, queryOf, respond, signedIn } from "./http/respond.ts";
import type { MailMessage, MessageSource } from "./mail/message.ts";
import { parseMessage, sourceOf } from "./mail/parse.ts";
import { renderedSource } from "./mail/render.ts";
import { FOLDER_TYPE, type Item, Mailbox } from "./state/mailbox.ts";
import { World } from "./state/world.ts";
import { type Truth, truthOf } from "./truth.ts";

interface FakeUser {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  readonly displayName?: string;
  /** What the mailbox holds; an empty one with the usual folders unless given. */
  readonly mailbox?: Mailbox;
}

export interface FakeExchangeOptions {
  readonly users: readonly FakeUser[];
  /** 0 takes a free one. */
  readonly port?: number;
  /** `host` is the name that `url` uses, for certificates that do not name 127.0.0.1. */
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer; readonly host?: string };
  readonly versions?: readonly string[];
  readonly policy?: { readonly settings: Policy["settings"] };
  readonly ping?: Partial<ServerOptions["ping"]>;
  readonly maxMessageBytes?: number;
  /** Answers gzip where the client accepts it; true unless told. */
  readonly gzip?: boolean;
  readonly now?: () => number;
}

interface RequestRecord {
  readonly number: number;
  readonly method: string;
  readonly command: string;
  readonly user: string | null;
  readonly version: string | null;
  readonly deviceId: string | null;
  readonly policyKey: string | null;
  readonly headers: IncomingMessage["headers"];
  readonly bodyBytes: number;
  /** HTTP status of the answer; null while there is none, or when the connection was cut. */
  status: number | null;
}

const PATH = "/microsoft-server-activesync";
const MAX_REQUEST = 64 * 1024 * 1024;
const EMPTY_ANSWER = { headers: {}, body: new Uint8Array() };

async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.length;
    if (size > MAX_REQUEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A stand-in for an Exchange server, on loopback; see the README for what it does. */
export class FakeExchange {
  readonly world: World;
  readonly faults = new FaultPlan();
  readonly requests: RequestRecord[] = [];
  readonly options: ServerOptions;
  readonly #given: FakeExchangeOptions;
  readonly #endpoint: Endpoint;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  constructor(given: FakeExchangeOptions) {
    this.#given = given;
    this.world = new World(given.now ?? Date.now);
    for (const user of given.users) {
      const person = { name: user.displayName ?? user.name, email: user.address };
      this.world.add(user.name, user.password, person, user.mailbox ?? new Mailbox());
    }
    this.options = {
      policy: given.policy === undefined ? null : { settings: given.policy.settings, revision: 1 },
      ping: { minHeartbeat: 60, maxHeartbeat: 3540, maxFolders: 200, ...given.ping },
      maxMessageBytes: given.maxMessageBytes ?? 36 * 1024 * 1024,
    };
    this.#endpoint = {
      world: this.world,
      options: this.options,
      versions: given.versions ?? ["12.1", "14.0", "14.1", "16.0", "16.1"],
    };
  }

  get port(): number {
    return this.#port;
  }

  get host(): string {
    return `${this.#given.tls?.host ?? "127.0.0.1"}:${this.#port}`;
  }

  /** The whole address of the endpoint. */
  get url(): string {
    return `${this.#given.tls === undefined ? "http" : "https"}://${this.host}/Microsoft-Server-ActiveSync`;
  }

  /** Listens, the second time on the same port as before. */
  async start(): Promise<void> {
    if (this.#server !== null) return;
    const handler = (request: IncomingMessage, response: ServerResponse): void => {
      this.#handle(request, response).catch(() => response.destroy());
    };
    const { tls } = this.#given;
    const server = tls === undefined ? createServer(handler) : createTlsServer(tls, handler);
    server.requestTimeout = 0;
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port === 0 ? (this.#given.port ?? 0) : this.#port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    this.#port = address.port;
    this.#server = server;
  }

  /** Stops listening and cuts every connection; state stays, `start` brings it back. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** Puts a message into a user's folder (the inbox unless told), as if it came by mail just now. */
  async deliver(
    user: string,
    message: MailMessage | MessageSource | Uint8Array,
    folder = "Inbox",
  ): Promise<Item> {
    const { mailbox } = this.world.account(user);
    const target = mailbox.folderNamed(folder) ?? mailbox.folderOfType(FOLDER_TYPE.inbox);
    if (message instanceof Uint8Array) {
      const now = this.world.now();
      return mailbox.add(target, sourceOf(await parseMessage(message, now), message, now));
    }
    return mailbox.add(target, "mime" in message ? message : renderedSource(message));
  }

  /** What the server holds for a user, to compare a client with. */
  truth(user: string): Truth {
    return truthOf(this.world, this.world.account(user));
  }

  /** A user's mailbox, to change on the server's side. */
  mailbox(user: string): Mailbox {
    return this.world.account(user).mailbox;
  }

  /** Orders a device to be wiped; its next command is refused until it has acknowledged. */
  wipe(user: string, deviceId: string, what: "device" | "account"): void {
    const device = this.world.account(user).devices.get(deviceId);
    if (device === undefined) throw new Error(`no device ${deviceId}`);
    device.wipe = what;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const account = signedIn(this.world, request);
    const query = queryOf(request);
    const command = request.method === "OPTIONS" ? "OPTIONS" : (query?.command ?? "");
    const body = await readBody(request);
    const record: RequestRecord = {
      number: this.requests.length + 1,
      method: request.method ?? "",
      command,
      user: account?.name ?? null,
      version: query?.version ?? null,
      deviceId: query?.deviceId ?? null,
      policyKey: query?.policyKey ?? null,
      headers: request.headers,
      bodyBytes: body?.length ?? 0,
      status: null,
    };
    this.requests.push(record);
    const isOurs = (request.url ?? "").split("?")[0]?.toLowerCase() === PATH;
    const fault = isOurs ? this.faults.next(record) : null;
    if (fault?.kind === "cut" && fault.at === "before") {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === "delay") await sleep(fault.ms);

    const run = async (): Promise<HttpAnswer> => {
      if (!isOurs) return { ...EMPTY_ANSWER, status: 404 };
      if (body === null) return { ...EMPTY_ANSWER, status: 413 };
      if (account === null) {
        return { ...EMPTY_ANSWER, status: 401, headers: { "WWW-Authenticate": 'Basic realm="127.0.0.1"' } };
      }
      return respond(this.#endpoint, account, request, body, gone.signal);
    };
    let answer: HttpAnswer;
    if (fault?.kind === "http")
      answer = { ...EMPTY_ANSWER, status: fault.status, headers: fault.headers ?? {} };
    else if (fault?.kind === "garbage") answer = garbage(fault.bytes, record.number);
    else {
      answer = await run();
      if (fault?.kind === "duplicate") answer = await run();
    }
    if (fault?.kind === "cut" && fault.at === "after") {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === "half")
      answer = { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) };
    if (response.destroyed) return;
    const zip = (this.#given.gzip ?? true) && answer.body.length > 500;
    const zipped = zip && /\bgzip\b/i.test(String(request.headers["accept-encoding"] ?? ""));
    const bytes = zipped ? gzipSync(answer.body) : answer.body;
    const headers = {
      "MS-Server-ActiveSync": "15.2",
      ...answer.headers,
      ...(zipped ? { "Content-Encoding": "gzip" } : {}),
      "Content-Length": String(bytes.length),
    };
    if (fault?.kind === "cut" && fault.at === "answer") {
      sendCut(request.socket, answer.status, headers, bytes, fault.bytes);
      return;
    }
    record.status = answer.status;
    response.writeHead(answer.status, headers);
    response.end(bytes);
  }
}

export async function startFakeExchange(options: FakeExchangeOptions): Promise<FakeExchange> {
  const server = new FakeExchange(options);
  await server.start();
  return server;
}
