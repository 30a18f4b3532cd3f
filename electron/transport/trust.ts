import { getCACertificates } from "node:tls";

/**
 * Certificate authorities to believe: the system's (where organisations install their own), the bundled
 * ones of Mozilla, and those added by hand, as PEM.
 */
export function trustedAuthorities(added: readonly string[]): string[] {
  return [...new Set([...systemAuthorities(), ...getCACertificates("bundled"), ...added])];
}

/** A system store that cannot be read must not make every server unreachable. */
function systemAuthorities(): readonly string[] {
  try {
    return getCACertificates("system");
  } catch {
    return [];
  }
}
