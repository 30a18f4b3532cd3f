/** Two initials of a name, one of an address; a mark when there is neither. */
export function initials(name: string, email: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s-]/gu, " ")
    .trim()
    .split(/\s+/u)
    .filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters = [first, last].map((word) => (word === undefined ? "" : [...word][0])).join("");
  if (letters !== "") return letters.toLocaleUpperCase();
  return ([...email.trim()][0] ?? "?").toLocaleUpperCase();
}

/** A hue from 0 to 359 that stays the same for an address. */
export function hueOf(email: string): number {
  let hash = 0;
  for (const character of email.toLowerCase()) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % 360;
}
