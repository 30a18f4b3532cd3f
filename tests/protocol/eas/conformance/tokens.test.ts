import { describe, expect, it } from "vitest";
import { binaryTags, tagKey } from "../../../../electron/protocol/eas/codepages/binary.ts";
import { codePages } from "../../../../electron/protocol/eas/codepages/index.ts";
import {
  decode,
  encode,
  isElement,
  type WbxmlElement,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { bytes, document, hex } from "../bytes.ts";

const tags = codePages.flatMap(({ page, namespace, nameOf }) =>
  [...nameOf].map(([token, name]) => ({ page, token, namespace, name })),
);

const two = (value: number) => value.toString(16).padStart(2, "0");
/** The switch to a page, which a document on page 0 does without. */
const to = (page: number, from = 0) => (page === from ? "" : `00 ${two(page)}`);

function root(data: Uint8Array): WbxmlElement {
  const result = decode(data);
  if (!result.ok) throw new Error(`${result.error.kind} at ${result.error.offset}`);
  expect(result.value.warnings).toEqual([]);
  return result.value.root;
}

describe.each(codePages)("page $page, $namespace", ({ page, namespace }) => {
  const own = tags.filter((tag) => tag.page === page);

  it("each tag alone and empty is its page and its token, with no content bit and no END", () => {
    for (const tag of own) {
      const data = document(to(page), two(tag.token));
      expect(hex(encode({ ...tag, content: [] })), tag.name).toBe(hex(data));
      expect(root(data), tag.name).toEqual({ ...tag, content: [] });
    }
  });

  it("each tag with text has bit 6 set, an inline string and an END", () => {
    for (const tag of own) {
      const data = document(to(page), two(tag.token + 0x40), `'${tag.name}' 01`);
      expect(hex(encode({ ...tag, content: [tag.name] })), tag.name).toBe(hex(data));
      expect(root(data), tag.name).toEqual({ ...tag, content: [tag.name] });
    }
  });

  it("each tag with OPAQUE data gives bytes where the specification has a byte array, text elsewhere", () => {
    for (const tag of own) {
      const data = document(to(page), two(tag.token + 0x40), "c3 03 61 62 63 01");
      const binary = binaryTags.has(tagKey(page, tag.token));
      expect(root(data).content, tag.name).toEqual([binary ? Uint8Array.of(0x61, 0x62, 0x63) : "abc"]);
    }
  });

  it("each tag within a parent of another page switches there and nowhere else", () => {
    const parent = tags.find((tag) => tag.page === (page + 1) % codePages.length);
    if (parent === undefined) throw new Error("no other page");
    for (const tag of own) {
      const data = document(
        to(parent.page),
        two(parent.token + 0x40),
        `00 ${two(page)}`,
        two(tag.token),
        "01",
      );
      const tree = { ...parent, content: [{ ...tag, content: [] }] };
      expect(hex(encode(tree)), tag.name).toBe(hex(data));
      expect(root(data), tag.name).toEqual(tree);
    }
  });

  it("all tags in one document need one switch", () => {
    const [first] = own;
    if (first === undefined) throw new Error("an empty page");
    const tree = { ...first, content: own.map((tag) => ({ ...tag, content: [] })) };
    const data = document(to(page), two(first.token + 0x40), ...own.map(({ token }) => two(token)), "01");
    expect(hex(encode(tree))).toBe(hex(data));
    expect(
      root(data)
        .content.filter(isElement)
        .map(({ name }) => name),
    ).toEqual(own.map(({ name }) => name));
  });

  it("a token that the page does not have keeps its number and its page's name", () => {
    for (let token = 0x05; token <= 0x3f; token += 1) {
      if (own.some((tag) => tag.token === token)) continue;
      const result = decode(document(to(page), two(token)));
      const name = `Unknown-${two(token)}`;
      expect(result.ok && result.value.root).toEqual({ page, token, namespace, name, content: [] });
      expect(result.ok && result.value.warnings.map(({ kind }) => kind)).toEqual(["unknown-token"]);
    }
  });
});

describe("page switches", () => {
  const [sync, , , , , move] = codePages;

  it("between siblings: there, and back", () => {
    const element = (page: number, token: number) =>
      tags.find((tag) => tag.page === page && tag.token === token);
    const airSync = element(0, 5);
    const status = element(5, 0x0b);
    if (airSync === undefined || status === undefined) throw new Error("tables changed");
    const mixed = [status, airSync, status, status, airSync].map((tag) => ({ ...tag, content: [] }));
    const data = document("45 00 05 0b 00 00 05 00 05 0b 0b 00 00 05 01");
    expect(hex(encode({ ...airSync, content: mixed }))).toBe(hex(data));
    expect(root(data)).toEqual({ ...airSync, content: mixed });
  });

  it("to the page where one is already, and several in a row, change nothing", () => {
    expect(root(document("00 00 05")).namespace).toBe(sync?.namespace);
    expect(root(document("00 07 00 19 00 05 05")).namespace).toBe(move?.namespace);
    expect(root(document("45 00 07 00 00 14 01")).content).toHaveLength(1);
  });

  it("last beyond the END of the element that needed them", () => {
    const collections = root(document("45 00 11 4a 06 01 0a 01")).content.filter(isElement);
    expect(collections.map(({ namespace, name }) => `${namespace}:${name}`)).toEqual([
      "AirSyncBase:Body",
      "AirSyncBase:Body",
    ]);
  });

  it("to pages that nobody has defined name them by number", () => {
    for (const page of [26, 64, 127, 128, 254, 255]) {
      const result = decode(bytes("03 01 6a 00 00", two(page), "05"));
      expect(result.ok && result.value.root).toMatchObject({ page, namespace: `Unknown-${two(page)}` });
      expect(result.ok && hex(encode(result.value.root))).toBe(hex(document("00", two(page), "05")));
    }
  });

  it("before a text belong to the elements after it", () => {
    expect(root(document("45 00 11 'a' 4a 'b' 01 01")).content).toEqual([
      "a",
      { page: 17, token: 10, namespace: "AirSyncBase", name: "Body", content: ["b"] },
    ]);
  });
});

describe("tags as a whole", () => {
  it("are 26 pages of more than 600 names, each read back from what was written", () => {
    expect(tags.length).toBeGreaterThan(600);
    const [first] = tags;
    if (first === undefined) throw new Error("no tags");
    const tree = { ...first, content: tags.map((tag) => ({ ...tag, content: [] })) };
    const data = encode(tree);
    // One byte a tag, two for each change of page (the first page needs none), END, header, root.
    expect(data.length).toBe(4 + 1 + tags.length + 2 * 25 + 1);
    expect(root(data)).toEqual(tree);
  });

  it("are byte arrays (MS-ASDTYPE 2.7.1) where the specifications say so, and nowhere else", () => {
    const names = tags
      .filter(({ page, token }) => binaryTags.has(tagKey(page, token)))
      .map(({ namespace, name }) => `${namespace}:${name}`);
    expect(names).toEqual([
      "Email:MIMEData", // before 12.0
      "ResolveRecipients:Data", // MS-ASCMD 2.2.3.39.3
      "GAL:Data", // 2.2.3.39.1 and 2.2.3.39.4
      "AirSyncBase:Content", // MS-ASAIRS 2.2.2.12
      "ItemOperations:Data", // MS-ASCMD 2.2.3.39.2
      "ItemOperations:ConversationId", // 2.2.3.35.1
      "ComposeMail:Mime", // 2.2.3.109
      "Email2:ConversationId", // MS-ASEMAIL 2.2.2.21
      "Email2:ConversationIndex", // 2.2.2.22
    ]);
  });
});
