import type { IncomingMessage } from "node:http";
import { type CommandAnswer, http, isLegacy, reply, type ServerOptions } from "../commands/context.ts";
import { COMMANDS } from "../commands/index.ts";
import { policyFault } from "../commands/provision.ts";
import { schemaFault } from "../commands/schema.ts";
import type { Account, World } from "../state/world.ts";
import { e, type WbxmlNode } from "../wbxml/node.ts";
import { readWbxml, WbxmlProblem } from "../wbxml/read.ts";
import { writeWbxml } from "../wbxml/write.ts";
import { type EasQuery, readQuery } from "./query.ts";

const VERSIONS = ["12.1", "14.0", "14.1", "16.0", "16.1"] as const;
type Version = (typeof VERSIONS)[number];

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const NOTHING = new Uint8Array();
const plain = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers,
  body: NOTHING,
});

export interface Endpoint {
  readonly world: World;
  readonly options: ServerOptions;
  /** Offered in OPTIONS and accepted; a test can leave some out. */
  readonly versions: readonly string[];
}

const header =
  (request: IncomingMessage) =>
  (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === "string" ? value : null;
  };

/** The user that the request signs in as (Basic; `domain\\user` and the address work too), or null. */
export function signedIn(world: World, request: IncomingMessage): Account | null {
  const match = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? "");
  if (match === null) return null;
  const [login = "", ...rest] = Buffer.from(match[1] ?? "", "base64")
    .toString("utf8")
    .split(":");
  const name = login.split("\\").at(-1) ?? "";
  const account = world.accounts.get(name.toLowerCase()) ?? world.byAddress(name);
  return account !== null && account.password === rest.join(":") ? account : null;
}

export function queryOf(request: IncomingMessage): EasQuery | null {
  const url = request.url ?? "";
  const at = url.indexOf("?");
  return at < 0 ? null : readQuery(url.slice(at + 1), header(request));
}

function toHttp(answer: CommandAnswer): HttpAnswer {
  if (answer.kind === "http") return plain(answer.status);
  if (answer.kind === "empty") return plain(200);
  if (answer.kind === "raw")
    return { status: 200, headers: { "Content-Type": answer.type }, body: answer.bytes };
  return {
    status: 200,
    headers: { "Content-Type": "application/vnd.ms-sync.wbxml" },
    body: writeWbxml(answer.document),
  };
}

function isVersion(version: string | null): version is Version {
  return VERSIONS.some((one) => one === version);
}

/** Answers one request of a signed-in user, all but faults that a test has planned. */
export async function respond(
  endpoint: Endpoint,
  account: Account,
  request: IncomingMessage,
  body: Uint8Array,
  gone: AbortSignal,
): Promise<HttpAnswer> {
  if (request.method === "OPTIONS") {
    return plain(200, {
      "MS-Server-ActiveSync": "15.2",
      "MS-ASProtocolVersions": endpoint.versions.join(","),
      "MS-ASProtocolCommands": [...COMMANDS.keys()].join(","),
      Public: "OPTIONS,POST",
      Allow: "OPTIONS,POST",
    });
  }
  if (request.method !== "POST") return plain(501);
  const query = queryOf(request);
  if (query === null) return plain(400);
  const { version } = query;
  if (!isVersion(version) || !endpoint.versions.includes(version)) return plain(505);
  const entry = COMMANDS.get(query.command);
  if (entry === undefined) return plain(501);
  const legacy = isLegacy({ version });
  const statusName = `${entry.root.split(":")[0]}:Status`;
  const fault = (status: number, httpStatus: number): HttpAnswer =>
    toHttp(legacy ? http(httpStatus) : reply(e(entry.root, e(statusName, status))));
  if (query.deviceId === null || !/^[A-Za-z0-9]{1,32}$/.test(query.deviceId)) return fault(108, 400);
  if (query.deviceType === null || query.deviceType === "") return fault(109, 400);
  const device = endpoint.world.device(account, query.deviceId, query.deviceType);
  const context = { ...endpoint, account, mailbox: account.mailbox, device, version, query };
  if (query.command !== "Provision") {
    const status = policyFault(context);
    if (status !== null) return fault(status, status === 140 ? 403 : 449);
  }

  let document: WbxmlNode | null = null;
  const raw = legacy && entry.root.startsWith("ComposeMail:");
  if (raw) {
    if (!/^message\/rfc822\b/i.test(request.headers["content-type"] ?? "")) return plain(400);
  } else if (body.length === 0) {
    if (entry.emptyBody !== true) return fault(102, 400);
  } else {
    if (!/^application\/vnd\.ms-sync(?:\.wbxml)?\b/i.test(request.headers["content-type"] ?? "")) {
      return plain(415);
    }
    try {
      document = readWbxml(body);
    } catch (error) {
      if (!(error instanceof WbxmlProblem)) throw error;
      return fault(error.kind === "broken" ? 102 : 103, 400);
    }
    if (document.name !== entry.root || schemaFault(document, version) !== null) return fault(103, 400);
  }
  return toHttp(await entry.run({ ...context, request: document, body, gone }));
}
