import type { Entity } from "./tree.ts";

/** Which leaves make up the text, which the HTML, and which are files. */
export interface BodyParts {
  readonly text: readonly Entity[];
  readonly html: readonly Entity[];
  readonly files: readonly Entity[];
}

interface Sorting {
  text: Entity[] | null;
  html: Entity[] | null;
  readonly files: Entity[];
}

/**
 * Sorts a message's leaves the way JMAP does (RFC 8621, section 4.1.4): of an alternative one version each, of
 * everything else all in order; a text with a file name that is not the first of its multipart is a file.
 */
export function sortParts(root: Entity): BodyParts {
  const text: Entity[] = [];
  const html: Entity[] = [];
  const files: Entity[] = [];
  sort([root], "mixed", false, { text, html, files });
  return { text, html, files };
}

function sort(parts: readonly Entity[], kind: string, inAlternative: boolean, into: Sorting): void {
  const textBefore = into.text?.length ?? -1;
  const htmlBefore = into.html?.length ?? -1;
  for (const [index, part] of parts.entries()) {
    if (part.type.startsWith("multipart/") && part.children.length > 0) {
      const subtype = part.type.slice("multipart/".length);
      sort(part.children, subtype, inAlternative || subtype === "alternative", into);
    } else if (!isInline(part, index, kind)) {
      // A version of the text in a form that is not shown here is no file of the sender's.
      if (kind !== "alternative" || !part.type.startsWith("text/") || hasName(part)) into.files.push(part);
    } else if (kind === "alternative") {
      if (part.type === "text/plain") into.text?.push(part);
      else if (part.type === "text/html") into.html?.push(part);
      else into.files.push(part);
    } else {
      if (inAlternative && part.type === "text/plain") into.html = null;
      if (inAlternative && part.type === "text/html") into.text = null;
      if (isText(part)) {
        into.text?.push(part);
        into.html?.push(part);
      } else into.files.push(part);
    }
  }
  if (kind !== "alternative" || into.text === null || into.html === null) return;
  // An alternative with one version only: it stands for both.
  if (into.text.length === textBefore && into.html.length !== htmlBefore) {
    into.text.push(...into.html.slice(htmlBefore));
  } else if (into.html.length === htmlBefore && into.text.length !== textBefore) {
    into.html.push(...into.text.slice(textBefore));
  }
}

function isText(part: Entity): boolean {
  return part.type === "text/plain" || part.type === "text/html";
}

function hasName(part: Entity): boolean {
  return Boolean(part.disposition.params.get("filename") || part.contentType.params.get("name"));
}

function isInline(part: Entity, index: number, kind: string): boolean {
  if (part.disposition.value === "attachment") return false;
  const media = /^(?:image|audio|video)\//.test(part.type);
  if (!media && !isText(part)) return false;
  return index === 0 || (kind !== "related" && (media || !hasName(part)));
}
