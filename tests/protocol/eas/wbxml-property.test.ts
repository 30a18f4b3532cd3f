import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryTags, tagKey } from "../../../electron/protocol/eas/codepages/binary.ts";
import { codePages } from "../../../electron/protocol/eas/codepages/index.ts";
import {
  decode,
  defaultLimits,
  encode,
  type WbxmlContent,
  WbxmlDecoder,
  type WbxmlElement,
} from "../../../electron/protocol/eas/wbxml/index.ts";

const seed = 20261121;
const tags = codePages.flatMap(({ page, namespace, nameOf }) =>
  [...nameOf].map(([token, name]) => ({ page, token, namespace, name })),
);
const binary = tags.filter(({ page, token }) => binaryTags.has(tagKey(page, token)));
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((one) => one.isWellFormed());

/** Neighbouring texts are one in a document, and empty ones are nothing. */
function joined(content: readonly WbxmlContent[]): WbxmlContent[] {
  const out: WbxmlContent[] = [];
  for (const part of content) {
    const last = out.at(-1);
    if (typeof part === "string" && typeof last === "string") out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}

const { element } = fc.letrec<{ element: WbxmlElement; content: WbxmlContent }>((tie) => ({
  content: fc.oneof(
    { maxDepth: 5, depthIdentifier: "tree" },
    text,
    fc
      .record({ tag: fc.constantFrom(...binary), data: fc.uint8Array({ minLength: 1, maxLength: 300 }) })
      .map(({ tag, data }) => ({ ...tag, content: [data] })),
    tie("element"),
  ),
  element: fc
    .record({
      tag: fc.constantFrom(...tags),
      content: fc.array(tie("content"), { maxLength: 6, depthIdentifier: "tree" }),
    })
    .map(({ tag, content }) => ({ ...tag, content: joined(content) })),
}));

const limits = { ...defaultLimits, elements: 2_000, content: 1 << 16, document: 1 << 20 };

function inChunks(data: Uint8Array, cuts: readonly number[]) {
  const decoder = new WbxmlDecoder({ limits });
  const edges = [0, ...cuts.map((cut) => cut % (data.length + 1)).sort((a, b) => a - b), data.length];
  for (const [index, edge] of edges.slice(1).entries()) decoder.push(data.slice(edges[index], edge));
  const fault = decoder.finish();
  return { fault, root: decoder.root };
}

describe("WBXML, generated", () => {
  it("decode(encode(x)) is x", () => {
    fc.assert(
      fc.property(element, (tree) => {
        const result = decode(encode(tree));
        expect(result).toEqual({ ok: true, value: { root: tree, warnings: [] } });
      }),
      { seed, numRuns: 400 },
    );
  });

  it("chunking never changes the result", () => {
    fc.assert(
      fc.property(element, fc.array(fc.nat(), { maxLength: 12 }), (tree, cuts) => {
        expect(inChunks(encode(tree), cuts)).toEqual({ fault: null, root: tree });
      }),
      { seed, numRuns: 300 },
    );
  });

  it("a document that is cut anywhere is truncated, never something else", () => {
    fc.assert(
      fc.property(element, fc.nat(), (tree, cut) => {
        const data = encode(tree);
        const result = decode(data.subarray(0, cut % data.length));
        expect(!result.ok && result.error.kind).toBe("truncated");
      }),
      { seed, numRuns: 300 },
    );
  });

  it("random bytes give a document or a typed fault, the same in any chunks", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 4 }), (noise, cuts) => {
        const data = Uint8Array.from([0x03, 0x01, 0x6a, 0x00, ...noise]);
        const result = decode(data, limits);
        const parts = inChunks(data, cuts);
        if (result.ok) expect(parts).toEqual({ fault: null, root: result.value.root });
        else {
          expect(parts.fault?.kind).toBe(result.error.kind);
          expect(result.error.offset).toBeLessThanOrEqual(data.length);
        }
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it("mutated documents give a document or a typed fault", () => {
    const mutation = fc.record({
      at: fc.nat(),
      byte: fc.nat({ max: 255 }),
      kind: fc.constantFrom("set", "insert", "drop"),
    });
    fc.assert(
      fc.property(element, fc.array(mutation, { minLength: 1, maxLength: 6 }), (tree, mutations) => {
        const data = [...encode(tree)];
        for (const { at, byte, kind } of mutations) {
          const index = at % (data.length + 1);
          if (kind === "insert") data.splice(index, 0, byte);
          else if (kind === "drop") data.splice(index, 1);
          else if (index < data.length) data[index] = byte;
        }
        const result = decode(Uint8Array.from(data), limits);
        if (!result.ok) expect(result.error.detail).not.toBe("");
        else expect(decode(encode(result.value.root), limits).ok).toBe(true);
      }),
      { seed, numRuns: 1_500 },
    );
  });
});
