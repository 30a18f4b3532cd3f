import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { binaryTags, tagKey } from "../../../electron/protocol/eas/codepages/binary.ts";
import { codePageByNamespace, codePages } from "../../../electron/protocol/eas/codepages/index.ts";

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
type Source = keyof typeof tables;

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

/** Names of one thing that differ in notation only; compared after this. */
function notation(name: string): string {
  return name
    .replace(/^(Recurrence|Attendee)_(?!Status|Type$)/, "")
    .replace(/^Recurrence_/, "")
    .replace(/^Exception_Deleted/, "Deleted")
    .replace(/[_-]/g, "")
    .replace("TelephoneNumber", "PhoneNumber")
    .replace(/^(Business|Home|Other)(City|Country|PostalCode|State|Street)$/, "$1Address$2")
    .toLowerCase();
}

/** Where a table says something else in substance: its page.token, and why we do not follow it. */
const disputed: readonly { source: Source; where: RegExp; why: string }[] = [
  { source: "libwbxml", where: /^2\.3b$/, why: "FlagStatus: the schema names it Status, inside Flag" },
  { source: "libwbxml", where: /^4\.29$/, why: "notation of AttendeeStatus" },
  { source: "libwbxml", where: /^4\.2a$/, why: "notation of AttendeeType" },
  { source: "libwbxml", where: /^18\.2b$/, why: "a slip of the pen: RightsManagementInformation" },
  { source: "libwbxml", where: /^24\.12$/, why: "RMOwner: the schema has Owner" },
  { source: "libwbxml", where: /^24\.18$/, why: "the schema has RemoveRightsManagementProtection" },
  { source: "eas4tbsync", where: /^2\.9$/, why: "a zero for an O: object id of an attachment" },
  { source: "eas4tbsync", where: /^4\.(2[b-f]|3[0-2])$/, why: "attachments that no version defined" },
  { source: "eas4tbsync", where: /^15\.6$/, why: "Stores: in no schema and no other table" },
  { source: "eas4tbsync", where: /^24\.18$/, why: "the schema has RemoveRightsManagementProtection" },
  { source: "goactivesync", where: /^2\.3b$/, why: "FlagStatus: the schema names it Status, inside Flag" },
  {
    source: "goactivesync",
    where: /^14\.(0[ef]|[0-9a-f]{2}|[ef])$/,
    why: "its Provision page has names in an order of its own; four tables agree against it",
  },
  { source: "goactivesync", where: /^25\.1[abc]$/, why: "0x20 to 0x22 in three other tables" },
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

  it("hold every tag of Microsoft's own table, with its name", () => {
    let compared = 0;
    for (const [page, tags] of Object.entries(tables.interop.pages)) {
      for (const [token, name] of tags) {
        compared += 1;
        // Its code says CheckCrl; MS-ASCMD and the other four tables say CheckCRL.
        const expected = name === "CheckCrl" ? "CheckCRL" : name;
        expect(codePages[Number(page)]?.nameOf.get(token), `${page}.${token}`).toBe(expected);
      }
    }
    expect(compared).toBe(586);
  });

  it.each(["libwbxml", "eas4tbsync", "goactivesync"] as const)(
    "agree with %s but for notation and what is explained",
    (source) => {
      const used = new Set<string>();
      let compared = 0;
      for (const [page, tags] of Object.entries(tables[source].pages)) {
        for (const [token, name] of tags) {
          compared += 1;
          const ours = codePages[Number(page)]?.nameOf.get(token);
          if (ours !== undefined && notation(ours) === notation(name)) continue;
          const where = `${page}.${token.toString(16)}`;
          const reason = disputed.find((one) => one.source === source && one.where.test(where));
          expect(reason, `${where} ${name}, ours ${ours}`).toBeDefined();
          used.add(reason?.why ?? "");
        }
      }
      expect(compared).toBeGreaterThan(500);
      // An explanation that explains nothing any more must go.
      const needed = disputed.filter((one) => one.source === source && !one.why.startsWith("notation"));
      expect([...used].sort()).toEqual([...new Set(needed.map(({ why }) => why))].sort());
    },
  );

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
    expect(binaryTags.size).toBe(6);
  });
});
