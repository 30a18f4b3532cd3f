const MAX_IDS = 1_000;

/**
 * Message identifiers of Message-ID, In-Reply-To or References, in angle brackets, each once. Comments, phrases
 * and white space that some senders fold into an identifier go; one without brackets is taken as it is.
 */
export function parseMessageIds(raw: string): string[] {
  const found: string[] = [];
  for (const match of raw.slice(0, 200_000).matchAll(/<([^<>]{1,998})>/g)) {
    const id = `<${(match[1] ?? "").replace(/\s+/g, "")}>`;
    if (id !== "<>" && !found.includes(id)) found.push(id);
    if (found.length >= MAX_IDS) break;
  }
  if (found.length > 0) return found;
  const bare = raw.trim();
  return /^[^\s<>()"]{1,250}@[^\s<>()"]{1,250}$/.test(bare) ? [`<${bare}>`] : [];
}

/** The one identifier of a Message-ID field. Some senders leave out the brackets, the "@" or both. */
export function parseMessageId(raw: string): string | null {
  const [first] = parseMessageIds(raw);
  if (first !== undefined) return first;
  const bare = raw.trim();
  return /^[^\s<>]{1,998}$/.test(bare) ? `<${bare}>` : null;
}
