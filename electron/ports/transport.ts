import type { Result } from "../../shared/base/result.ts";

/** One HTTP request. Redirects are never followed; bodies are streamed. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "OPTIONS";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A whole body, or a stream of a stated length. */
  readonly body?: Uint8Array | { readonly length: number; chunks(): AsyncIterable<Uint8Array> };
  /** Longest silence before and between answer bytes, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest decoded answer accepted, in bytes. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name; repeated headers joined with ", ". */
  readonly headers: ReadonlyMap<string, string>;
  /** The body with any gzip or deflate undone. Throws a `TransportError` when it is cut or too large. */
  readonly body: AsyncIterable<Uint8Array>;
}

export type TransportFault =
  /** Nothing was sent that a server could have acted on: no route, no name, refused. */
  | { readonly kind: "offline"; readonly detail: string }
  /** The connection ended after the request began: the server may have acted. */
  | { readonly kind: "cut"; readonly detail: string }
  | { readonly kind: "timeout"; readonly detail: string }
  | { readonly kind: "tls"; readonly detail: string }
  | { readonly kind: "too-large"; readonly detail: string }
  | { readonly kind: "cancelled"; readonly detail: string };

/** Thrown while an answer's body is read. */
export class TransportError extends Error {
  readonly fault: TransportFault;
  constructor(fault: TransportFault) {
    super(`${fault.kind}: ${fault.detail}`);
    this.fault = fault;
  }
}

export interface Transport {
  request(request: HttpRequest): Promise<Result<HttpResponse, TransportFault>>;
  /** Drops idle connections. */
  close(): void;
}
