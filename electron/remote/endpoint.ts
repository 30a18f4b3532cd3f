const path = "/Microsoft-Server-ActiveSync";

/** This machine, where nobody can listen in between. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * The full URL of the ActiveSync endpoint from what a person typed: host, host:port or URL; when nothing was
 * typed, from the domain of the address. Null when it is no such thing. Plain HTTP must be written out and is
 * taken for loopback only, or when `allowPlain` says so: a password travels in every request.
 */
export function discoverEndpoint(server: string, address: string, allowPlain = false): string | null {
  const typed = server.trim() === "" ? address.slice(address.lastIndexOf("@") + 1).trim() : server.trim();
  if (typed === "" || /[\s\\@]/.test(typed) || typed.length > 2_000) return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.hostname === "") return null;
  const plain = url.protocol === "http:" && (allowPlain || isLoopback(url.hostname));
  if (url.protocol !== "https:" && !plain) return null;
  if (url.pathname === "/") url.pathname = path;
  url.search = "";
  url.hash = "";
  return url.href;
}
