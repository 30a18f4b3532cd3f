import { PassThrough, type Readable, type Transform } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import { TransportError } from "../ports/transport.ts";

/** A ratio that no honest document reaches; bombs reach a thousand. Small bodies may: they harm nobody. */
const maxRatio = 400;
const harmless = 4 << 20;

/** Undoes what Content-Encoding says; null for an encoding that we did not offer. */
export function decoderFor(contentEncoding: string): Transform | null {
  switch (contentEncoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return new PassThrough();
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    default:
      return null;
  }
}

/**
 * The decoded body with its bounds: at most `maxBytes`, and no decompression bomb.
 * @throws TransportError
 */
export async function* boundedBody(
  raw: Readable,
  decoder: Transform,
  maxBytes: number,
  failure: () => TransportError | null,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  let decoded = 0;
  raw.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  // pipe() does not carry errors; a cut raw stream must end the decoder as well.
  raw.once("error", (error) => decoder.destroy(error));
  raw.once("close", () => {
    if (!raw.readableEnded) decoder.destroy(new Error("closed early"));
  });
  raw.pipe(decoder);
  try {
    for await (const chunk of decoder) {
      const bytes: Uint8Array = chunk;
      decoded += bytes.length;
      if (decoded > maxBytes || (decoded > harmless && decoded > received * maxRatio)) {
        throw new TransportError({
          kind: "too-large",
          detail: `more than ${Math.min(decoded, maxBytes)} bytes`,
        });
      }
      yield bytes;
    }
  } catch (error) {
    if (error instanceof TransportError) throw error;
    const detail = error instanceof Error && "code" in error ? String(error.code) : "body ended early";
    throw failure() ?? new TransportError({ kind: "cut", detail });
  } finally {
    raw.destroy();
    decoder.destroy();
  }
}
