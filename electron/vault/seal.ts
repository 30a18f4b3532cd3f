import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import * as v from "valibot";

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce and the 128-bit tag at the end of `data`. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

const base64 = (max: number) => v.pipe(v.string(), v.maxLength(max), v.base64());

export const SealedSchema = v.object({
  cipher: v.literal("aes-256-gcm"),
  nonce: base64(32),
  data: base64(16_384),
});
export type Sealed = v.InferOutput<typeof SealedSchema>;

/** `purpose` is authenticated with the data: what was sealed for one purpose opens for no other. */
export function seal(key: Uint8Array, purpose: string, data: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(purpose, "utf8"));
  const sealed = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
  return { cipher: "aes-256-gcm", nonce: nonce.toString("base64"), data: sealed.toString("base64") };
}

/** Null when the key or the purpose is another, or a bit was changed. */
export function unseal(key: Uint8Array, purpose: string, sealed: Sealed): Buffer | null {
  const nonce = Buffer.from(sealed.nonce, "base64");
  const bytes = Buffer.from(sealed.data, "base64");
  if (nonce.byteLength !== NONCE_BYTES || bytes.byteLength < TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(purpose, "utf8"));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

/** A key of its own for another use of the same secret (HKDF-SHA-256, RFC 5869). */
export function derivedKey(key: Uint8Array, use: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, new Uint8Array(0), `bulkhead-mail ${use}`, KEY_BYTES));
}
