/**
 * The URL that a 451 answer points to in X-MS-Location (MS-ASHTTP 3.1.5.2.2), when credentials may follow it:
 * never from TLS to plain HTTP, and to another host under TLS only. Null otherwise.
 */
export function safeRedirect(from: string, location: string): string | null {
  const old = URL.parse(from);
  const next = URL.parse(location.trim());
  if (old === null || next === null || next.hostname === "") return null;
  if (next.username !== "" || next.password !== "") return null;
  const secure = next.protocol === "https:";
  const samePlainHost = next.protocol === "http:" && old.protocol === "http:" && next.host === old.host;
  if (!secure && !samePlainHost) return null;
  next.search = "";
  next.hash = "";
  return next.href;
}
