import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { Clock, Log } from "../../ports/basics.ts";
import type { RemoteFault, SessionState } from "../../ports/remote.ts";
import type { HttpRequest, HttpResponse, Transport } from "../../ports/transport.ts";
import { base64Query, type CommandName, plainQuery } from "../../protocol/eas/query.ts";
import { isProtocolVersion, negotiate, type ProtocolVersion } from "../../protocol/eas/version.ts";
import { discard, isPage } from "./answers.ts";
import { fromHttpStatus, fromStatus, fromTransport } from "./faults.ts";
import { safeRedirect } from "./redirect.ts";

const maxRedirects = 3;
const wbxmlType = "application/vnd.ms-sync.wbxml";
/** MS-ASCMD 2.2.2: device not provisioned; what HTTP 449 says in the older form. */
const notProvisioned = 142;

interface ChannelOptions {
  readonly transport: Transport;
  readonly credentials: () => { readonly userName: string; readonly password: string | null };
  readonly session: { load(): SessionState; save(state: SessionState): void };
  readonly clock: Clock;
  readonly log: Log;
  readonly deviceType: string;
  readonly userAgent: string;
  readonly queryForm: "plain" | "base64";
}

interface CallRequest {
  readonly command: CommandName;
  readonly body: HttpRequest["body"];
  readonly contentType?: string;
  readonly saveInSent?: boolean;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** What one command needs from the line to the server. */
export interface Channel {
  readonly options: ChannelOptions;
  /** OPTIONS: which protocol version both sides speak, remembered in the session. */
  negotiate(signal?: AbortSignal): Promise<Result<ProtocolVersion, RemoteFault>>;
  /** The version in use; asks the server when none is known. */
  version(signal?: AbortSignal): Promise<Result<ProtocolVersion, RemoteFault>>;
  /** One command; follows redirects. An answer of HTTP 200 is the caller's to read. */
  post(request: CallRequest): Promise<Result<HttpResponse, RemoteFault>>;
}

export function createChannel(options: ChannelOptions): Channel {
  const { transport, session, clock } = options;

  const headers = (session: SessionState): Result<Record<string, string>, RemoteFault> => {
    const { userName, password } = options.credentials();
    // Asking without a password would count as a failed attempt at the server.
    if (password === null) return err({ kind: "sign-in", detail: "no password" });
    const basic = Buffer.from(`${userName}:${password}`, "utf8").toString("base64");
    const own = { authorization: `Basic ${basic}`, "user-agent": options.userAgent };
    if (session.protocolVersion === null || options.queryForm === "base64") return ok(own);
    return ok({
      ...own,
      "ms-asprotocolversion": session.protocolVersion,
      "x-ms-policykey": session.policyKey,
    });
  };

  /** Sends what `build` makes of the session, again for each redirect. */
  const exchange = async (
    build: (state: SessionState, headers: Record<string, string>) => HttpRequest,
  ): Promise<Result<HttpResponse, RemoteFault>> => {
    for (let redirects = 0; ; redirects += 1) {
      const state = session.load();
      const own = headers(state);
      if (!own.ok) return own;
      const sent = await transport.request(build(state, own.value));
      if (!sent.ok) return err(fromTransport(sent.error));
      const response = sent.value;
      if (response.status === 200) return ok(response);
      await discard(response);
      if (response.status === 449) return err(fromStatus("HTTP", notProvisioned, "provision"));
      if (response.status !== 451) return err(fromHttpStatus(response, clock.now()));
      const url = safeRedirect(state.url, response.headers.get("x-ms-location") ?? "");
      if (url === null || url === state.url || redirects >= maxRedirects) {
        return err({ kind: "server", detail: "HTTP 451 that cannot be followed", httpStatus: 451 });
      }
      options.log("info", "redirected", { redirects: redirects + 1 });
      session.save({ ...session.load(), url });
    }
  };

  const negotiateVersion: Channel["negotiate"] = async (signal) => {
    const sent = await exchange((state, own) => ({
      method: "OPTIONS",
      url: state.url,
      headers: own,
      timeoutMs: 30_000,
      maxBytes: 1 << 20,
      ...(signal === undefined ? {} : { signal }),
    }));
    if (!sent.ok) return sent;
    await discard(sent.value);
    const offered = sent.value.headers.get("ms-asprotocolversions");
    if (offered === undefined) return err({ kind: "garbage", detail: "no ActiveSync at this address" });
    const version = negotiate(offered);
    if (version === null) return err({ kind: "garbage", detail: "no common protocol version" });
    const state = session.load();
    if (state.protocolVersion !== version) session.save({ ...state, protocolVersion: version });
    return ok(version);
  };

  const post: Channel["post"] = async (request) => {
    const sent = await exchange((state, own) => {
      const facts = {
        command: request.command,
        version: isProtocolVersion(state.protocolVersion) ? state.protocolVersion : "12.1",
        user: options.credentials().userName,
        deviceId: state.deviceId,
        deviceType: options.deviceType,
        policyKey: state.policyKey,
        saveInSent: request.saveInSent === true,
      } as const;
      const query = options.queryForm === "base64" ? base64Query(facts) : plainQuery(facts);
      return {
        method: "POST",
        url: `${state.url}?${query}`,
        headers: { ...own, "content-type": request.contentType ?? wbxmlType },
        ...(request.body === undefined ? {} : { body: request.body }),
        timeoutMs: request.timeoutMs,
        maxBytes: request.maxBytes,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      };
    });
    if (!sent.ok || !isPage(sent.value)) return sent;
    await discard(sent.value);
    return err({ kind: "garbage", detail: "a web page instead of an answer" });
  };

  return {
    options,
    negotiate: negotiateVersion,
    async version(signal) {
      const { protocolVersion } = session.load();
      return isProtocolVersion(protocolVersion) ? ok(protocolVersion) : negotiateVersion(signal);
    },
    post,
  };
}
