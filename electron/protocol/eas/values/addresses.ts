import { addressParser } from "postal-mime";
import type { Address } from "../../../../shared/model/mail.ts";

const maxAddresses = 2_000;
const maxLength = 100_000;
/** By far the most frequent forms, read without the full grammar: a large Sync holds tens of thousands. */
const nameAndAddress = /^(?:"([^"\\]*)"|([^"<>,;:()@\\=]*?))\s*<([^\s<>@,"]+@[^\s<>@,"]+)>$/;
const addressOnly = /^[^\s<>@,;:"()]+@[^\s<>@,;:"()]+$/;

/**
 * The addresses of a To, Cc, From or ReplyTo element (MS-ASEMAIL 2.2.2: RFC 5322 syntax, already decoded).
 * What is no address is kept as a name, because it is what a person would have seen.
 */
export function parseAddressList(text: string): Address[] {
  const source = text.slice(0, maxLength).trim();
  if (source === "") return [];
  if (addressOnly.test(source)) return [{ name: "", email: source }];
  const usual = nameAndAddress.exec(source);
  if (usual !== null) return [mailbox(usual[1] ?? usual[2] ?? "", usual[3] ?? "")];
  return addressParser(source, { flatten: true })
    .slice(0, maxAddresses)
    .map(({ name, address }) => mailbox(name, address ?? ""))
    .filter(({ name, email }) => name !== "" || email !== "");
}

/** One address; undefined when the text holds none. */
export function parseAddress(text: string): Address | undefined {
  return parseAddressList(text)[0];
}

/** A name that only repeats the address says nothing. */
function mailbox(name: string, email: string): Address {
  const tidied = tidy(name);
  return { name: tidied === email ? "" : tidied, email };
}

function tidy(name: string): string {
  return name.replace(/[\p{Cc}\s]+/gu, " ").trim();
}
