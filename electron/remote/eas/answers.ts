import { err, ok, type Result } from "../../../shared/base/result.ts";
import type { RemoteFault } from "../../ports/remote.ts";
import { type HttpResponse, TransportError } from "../../ports/transport.ts";
import { WbxmlDecoder, type WbxmlElement } from "../../protocol/eas/wbxml/index.ts";
import { fromTransport, fromWbxml } from "./faults.ts";

const maxDiscarded = 64 << 10;

/** A proxy's or portal's page in place of an answer. */
export function isPage({ headers }: HttpResponse): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers.get("content-type") ?? "");
}

/**
 * Hands every chunk of the body to `use`, until it returns a fault. The number of bytes, or why it ended.
 */
export async function readChunks(
  response: HttpResponse,
  use: (chunk: Uint8Array) => RemoteFault | null | Promise<RemoteFault | null>,
): Promise<Result<number, RemoteFault>> {
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      bytes += chunk.length;
      const fault = await use(chunk);
      if (fault !== null) return err(fault);
    }
  } catch (error) {
    if (error instanceof TransportError) return err(fromTransport(error.fault));
    throw error;
  }
  return ok(bytes);
}

/** A whole document; null for an empty body. */
export async function readDocument(
  response: HttpResponse,
): Promise<Result<WbxmlElement | null, RemoteFault>> {
  const decoder = new WbxmlDecoder();
  const read = await readChunks(response, (chunk) => {
    const fault = decoder.push(chunk);
    return fault === null ? null : fromWbxml(fault);
  });
  if (!read.ok) return read;
  if (read.value === 0) return ok(null);
  const fault = decoder.finish();
  return fault === null ? ok(decoder.root) : err(fromWbxml(fault));
}

/** Reads a body that nobody wants, so that its connection can be used again; gives up on a long one. */
export async function discard(response: HttpResponse): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > maxDiscarded) return;
    }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
  }
}
