import type { TransportFault } from "../ports/transport.ts";

const noRoute: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EAI_NODATA",
  "ECONNREFUSED",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ENETDOWN",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
]);

const certificate: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_CHAIN_TOO_LONG",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "HOSTNAME_MISMATCH",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "EPROTO",
]);

/** How far a request got before it failed. */
export interface Progress {
  /** The connection, with TLS where there is any, stood ready for the request. */
  readonly connected: boolean;
  /** An earlier request used the same connection, so that it was open and may have been closed meanwhile. */
  readonly reused: boolean;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * Says what a failure means. Once a connection stood ready, bytes of the request may have left, also on a
 * kept-alive one that the server was closing at the time: that is `cut`, because only then is it honest.
 */
export function faultOf(error: unknown, { connected, reused }: Progress): TransportFault {
  const code = codeOf(error);
  const detail = code || (error instanceof Error ? error.message : "unknown");
  if (!connected && (certificate.has(code) || code.startsWith("ERR_TLS") || code.startsWith("ERR_SSL"))) {
    return { kind: "tls", detail };
  }
  if (!connected || noRoute.has(code)) return { kind: "offline", detail };
  return { kind: "cut", detail: reused ? `${detail} on a kept connection` : detail };
}
