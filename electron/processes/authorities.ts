import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MAX_BYTES = 1 << 20;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;

/**
 * Certificate authorities that the owner of a profile trusts besides the system's: the PEM certificates in its
 * `authorities.pem`. None when there is no such file, or one of more than 1 MiB.
 */
export function addedAuthorities(profileDir: string): string[] {
  let file: number;
  try {
    file = openSync(join(profileDir, "authorities.pem"), "r");
  } catch {
    return [];
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES) return [];
    return readFileSync(file, "latin1").match(CERTIFICATE) ?? [];
  } finally {
    closeSync(file);
  }
}
