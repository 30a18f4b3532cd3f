import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { binaryTags, tagKey } from "../../../electron/protocol/eas/codepages/binary.ts";
import { codePageByNamespace, codePages } from "../../../electron/protocol/eas/codepages/index.ts";
import { differences, reasons } from "./token-differences.ts";

function fixture<T>(name: string, schema: v.GenericSchema<unknown, T>): T {
  const path = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  return v.parse(schema, JSON.parse(readFileSync(path, "utf8")));
}

const TableSchema = v.object({
  origin: v.string(),
  commit: v.string(),
  pages: v.record(
    v.string(),
    v.pipe(
      v.string(),
      v.transform(
        (line) =>
          new Map(
            line
              .split(" ")
              .map((entry): [number, string] => [Number.parseInt(entry.slice(0, 2), 16), entry.slice(3)]),
          ),
      ),
    ),
  ),
});
const tables = fixture(
  "wbxml-tokens.json",
  v.object({
    interop: TableSchema,
    libwbxml: TableSchema,
    eas4tbsync: TableSchema,
    goactivesync: TableSchema,
    grommunio: TableSchema,
  }),
);
const schemas = fixture(
  "schema-elements.json",
  v.object({ origin: v.string(), elements: v.record(v.string(), v.string()) }),
);

/** Namespaces in the order of their numbers, from MS-ASWBXML 2.1.2.1. */
const namespaces = [
  "AirSync",
  "Contacts",
  "Email",
  "AirNotify",
  "Calendar",
  "Move",
  "GetItemEstimate",
  "FolderHierarchy",
  "MeetingResponse",
  "Tasks",
  "ResolveRecipients",
  "ValidateCert",
  "Contacts2",
  "Ping",
  "Provision",
  "Search",
  "GAL",
  "AirSyncBase",
  "Settings",
  "DocumentLibrary",
  "ItemOperations",
  "ComposeMail",
  "Email2",
  "Notes",
  "RightsManagement",
  "Find",
];

describe("code pages", () => {
  it("are 26, numbered and named as MS-ASWBXML does", () => {
    expect(codePages.map(({ page }) => page)).toEqual([...namespaces.keys()]);
    expect(codePages.map(({ namespace }) => namespace)).toEqual(namespaces);
    expect([...codePageByNamespace.keys()]).toEqual(namespaces);
  });

  it.each(codePages)("$namespace: tokens within 05 to 3f, no name twice", ({ nameOf, tokenOf }) => {
    for (const [token, name] of nameOf) {
      expect(token).toBeGreaterThanOrEqual(0x05);
      expect(token).toBeLessThanOrEqual(0x3f);
      expect(tokenOf.get(name)).toBe(token);
    }
    expect(tokenOf.size).toBe(nameOf.size);
    expect(nameOf.size).toBeGreaterThan(0);
  });

  it.each([
    ["interop", 586],
    ["libwbxml", 622],
    ["eas4tbsync", 622],
    ["goactivesync", 563],
  ] as const)("differ from %s only where it is explained", (source, size) => {
    const found: (string | number | null)[][] = [];
    let compared = 0;
    for (const [page, tags] of Object.entries(tables[source].pages)) {
      for (const [token, name] of tags) {
        compared += 1;
        const ours = codePages[Number(page)]?.nameOf.get(token) ?? null;
        if (ours !== name) found.push([Number(page), token, name, ours]);
      }
    }
    expect(compared).toBe(size);
    const explained = differences.filter((difference) => difference[0] === source);
    expect(found).toEqual(explained.map(([, page, token, theirs, ours]) => [page, token, theirs, ours]));
  });

  it("differ for reasons that are all in use", () => {
    expect(new Set(differences.map((difference) => difference[5]))).toEqual(new Set(Object.keys(reasons)));
  });

  it("have the schema's name wherever a table has another", () => {
    const byNamespace = new Map(
      Object.entries(schemas.elements).map(([namespace, names]) => [
        namespace.toLowerCase(),
        new Set(names.split(" ")),
      ]),
    );
    for (const [, page, , , ours, why] of differences) {
      const schema = byNamespace.get(codePages[page]?.namespace.toLowerCase() ?? "");
      // The schemas of requests are not public, and what came before 12.0 has left them.
      const absent = ["CheckCRL", "GALSearchCriterion", "AttOid", "CompressedRTF"];
      if (ours !== null && why !== "shifted" && !absent.includes(ours)) {
        expect(schema?.has(ours), `${codePages[page]?.namespace}:${ours}`).toBe(true);
      }
    }
  });

  it("have no tag that fewer than two tables know, but for one that only Windows Mobile used", () => {
    const alone: string[] = [];
    for (const { page, namespace, nameOf } of codePages) {
      for (const [token, name] of nameOf) {
        const witnesses = Object.values(tables).filter((table) => table.pages[page]?.has(token));
        if (witnesses.length < 2) alone.push(`${namespace}:${name}`);
      }
    }
    expect(alone).toEqual(["AirNotify:DeviceFriendlyName"]);
  });

  it("use the same tokens as grommunio, whose names are of its own making", () => {
    const ours = (page: number) => [...(codePages[page]?.nameOf.keys() ?? [])];
    const surplus: string[] = [];
    for (const [page, tags] of Object.entries(tables.grommunio.pages)) {
      const known = new Set(ours(Number(page)));
      for (const [token, name] of tags) if (!known.has(token)) surplus.push(`${page}.${name}`);
    }
    expect(surplus).toEqual([
      // No version defined attachments of calendar items before 16.0, where they are in AirSyncBase.
      ...[
        "Attachment",
        "Attachments",
        "AttName",
        "AttSize",
        "AttOid",
        "AttMethod",
        "AttRemoved",
        "DisplayName",
      ].map((name) => `4.${name}`),
      expect.stringMatching(/^13\./),
      expect.stringMatching(/^21\./),
    ]);
  });

  it("know every element of Microsoft's schema files", () => {
    const missing: string[] = [];
    const byLowerCase = new Map(codePages.map((page) => [page.namespace.toLowerCase(), page]));
    for (const [namespace, names] of Object.entries(schemas.elements)) {
      const page = byLowerCase.get(namespace.toLowerCase());
      expect(page, namespace).toBeDefined();
      for (const name of names.split(" ")) {
        if (!page?.tokenOf.has(name)) missing.push(`${page?.namespace}:${name}`);
      }
    }
    // The schema of Contacts keeps older spellings of eleven elements beside the current ones.
    const spellings = /^Contacts:(.*TelephoneNumber|AssistnamePhoneNumber|Webpage)$/;
    expect(missing.filter((name) => !spellings.test(name))).toEqual([]);
    expect(missing).toHaveLength(10);
  });

  it("mark as binary only tags that exist", () => {
    const all = new Set(
      codePages.flatMap(({ page, nameOf }) => [...nameOf.keys()].map((t) => tagKey(page, t))),
    );
    for (const key of binaryTags) expect(all.has(key)).toBe(true);
    expect(binaryTags.size).toBe(9);
  });
});
