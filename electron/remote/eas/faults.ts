import type { Recovery, RemoteFault } from "../../ports/remote.ts";
import type { HttpResponse, TransportFault } from "../../ports/transport.ts";
import type { WbxmlFault } from "../../protocol/eas/wbxml/index.ts";

const maxRetryAfterMs = 24 * 3_600_000;

export function fromTransport(fault: TransportFault): RemoteFault {
  return fault.kind === "too-large" ? { kind: "garbage", detail: fault.detail } : fault;
}

export function fromWbxml(fault: WbxmlFault): RemoteFault {
  return { kind: "garbage", detail: `${fault.kind} at ${fault.offset}: ${fault.detail}` };
}

export function fromStatus(command: string, status: number, recovery: Recovery): RemoteFault {
  switch (recovery) {
    case "sign-in":
    case "device-blocked":
      return { kind: recovery, detail: `${command} status ${status}` };
    default:
      return { kind: "status", command, status, recovery };
  }
}

/** What an HTTP status other than 200, 449 and 451 means (MS-ASHTTP 2.2.2.1.1). */
export function fromHttpStatus({ status, headers }: HttpResponse, now: number): RemoteFault {
  switch (status) {
    case 401:
      return { kind: "sign-in", detail: "HTTP 401" };
    case 403:
      return { kind: "forbidden", detail: "HTTP 403" };
    case 429:
    case 503:
      return {
        kind: "busy",
        detail: headers.get("x-ms-asthrottle")?.slice(0, 100) ?? `HTTP ${status}`,
        retryAfterMs: retryAfter(headers.get("retry-after"), now),
      };
    default:
      return { kind: "server", detail: `HTTP ${status}`, httpStatus: status };
  }
}

/** Retry-After in either form (RFC 9110 10.2.3), as milliseconds from now; null when there is none. */
function retryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1_000, maxRetryAfterMs);
  const date = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.min(Math.max(date - now, 0), maxRetryAfterMs);
}
