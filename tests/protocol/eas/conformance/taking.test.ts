import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  child,
  childInteger,
  children,
  childText,
  el,
  encode,
  textOf,
  WbxmlDecoder,
  type WbxmlElement,
} from "../../../../electron/protocol/eas/wbxml/index.ts";
import { document } from "../bytes.ts";
import { tree, wire, xml } from "./notation.ts";

const seed = 20261121;

function decoded(options: ConstructorParameters<typeof WbxmlDecoder>[0], data: Uint8Array, chunk: number) {
  const decoder = new WbxmlDecoder(options);
  for (let at = 0; at < data.length; at += chunk) decoder.push(data.slice(at, at + chunk));
  return { fault: decoder.finish(), root: decoder.root, warnings: decoder.warnings };
}

describe("elements that a reader takes as they end", () => {
  const data = wire(
    xml(
      "AirSync",
      `<Sync><Collections><Collection><SyncKey>2</SyncKey><Commands>
        <Add><ServerId>1</ServerId><ApplicationData><email:Subject>a</email:Subject></ApplicationData></Add>
        <Add><ServerId>2</ServerId></Add><Delete><ServerId>3</ServerId></Delete>
      </Commands></Collection></Collections></Sync>`,
    ),
  );

  it("are whole when they are taken, and missing from their parent", () => {
    for (const chunk of [1, 4, 1_000]) {
      const taken: WbxmlElement[] = [];
      const { fault, root } = decoded(
        {
          takes: (element, parentName) => {
            if (parentName !== "Commands") return false;
            taken.push(element);
            return true;
          },
        },
        data,
        chunk,
      );
      expect(fault).toBeNull();
      expect(taken.map(({ name }) => name)).toEqual(["Add", "Add", "Delete"]);
      expect(taken.map((element) => childText(element, "AirSync", "ServerId"))).toEqual(["1", "2", "3"]);
      const commands = child(
        child(child(root ?? undefined, "AirSync", "Collections"), "AirSync", "Collection"),
        "AirSync",
        "Commands",
      );
      expect(commands?.content).toEqual([]);
    }
  });

  it("may be all of them, down to the root", () => {
    const names: string[] = [];
    const takes = (element: WbxmlElement) => names.push(element.name) > 0;
    expect(decoded({ takes }, data, 5)).toMatchObject({ fault: null, root: null });
    expect(names[0]).toBe("SyncKey");
    expect(names.at(-1)).toBe("Sync");
    expect(names).toHaveLength(13);
  });

  it("are not taken when they never end", () => {
    let taken = 0;
    const takes = () => {
      taken += 1;
      return true;
    };
    // Cut within the first Add, after its ServerId has ended: SyncKey and ServerId, no Add.
    const cut = data.subarray(0, Buffer.from(data).indexOf(Buffer.from("a\0")));
    expect(decoded({ takes }, cut, 3).fault?.kind).toBe("truncated");
    expect(taken).toBe(2);
  });

  it("nobody takes make the same tree as nobody asking", () => {
    const asked = decoded({ takes: () => false, divert: () => null }, data, 2);
    expect(asked).toEqual(decoded({}, data, 1_000));
  });
});

describe("content that a reader diverts", () => {
  const pieces = (data: Uint8Array, chunk: number) => {
    const told: (readonly [string, boolean])[] = [];
    const result = decoded(
      {
        divert: (namespace, name) =>
          namespace === "ItemOperations" && name === "Data"
            ? (part, opaque) => told.push([Buffer.from(part).toString("latin1"), opaque])
            : null,
      },
      data,
      chunk,
    );
    return { ...result, told };
  };
  const of = (...content: readonly (string | Uint8Array)[]) =>
    encode(
      el(
        "ItemOperations",
        "Properties",
        el("ItemOperations", "Data", ...content),
        el("ItemOperations", "Total", "1"),
      ),
    );

  it("comes in order, whatever the chunks, and is not kept", () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
    for (const chunk of [1, 2, 7, 64, 1_000]) {
      const { told, root, fault } = pieces(of(bytes), chunk);
      expect(fault).toBeNull();
      expect(told.every(([, opaque]) => opaque)).toBe(true);
      expect(told.map(([part]) => part).join("")).toBe(Buffer.from(bytes).toString("latin1"));
      expect(child(root ?? undefined, "ItemOperations", "Data")?.content).toEqual([]);
      expect(childInteger(root ?? undefined, "ItemOperations", "Total")).toBe(1);
    }
  });

  it("says of each piece whether it was text or bytes", () => {
    const data = document("00 14 4b 4c 'ab' c3 02 63 64 'e' 01 01");
    expect(pieces(data, 1_000).told).toEqual([
      ["ab", false],
      ["cd", true],
      ["e", false],
    ]);
  });

  it("of elements within it goes its own way", () => {
    const inner = document("00 14 4c 'a' 4d 'status' 01 'b' 01");
    expect(
      pieces(inner, 3)
        .told.map(([part]) => part)
        .join(""),
    ).toBe("ab");
  });

  it("is bounded like any other", () => {
    const limits = { depth: 4, elements: 10, content: 5, document: 100 };
    const divert = () => () => {};
    expect(decoded({ limits, divert }, document("00 14 4c '12345' 01"), 2).fault).toBeNull();
    expect(decoded({ limits, divert }, document("00 14 4c '123456' 01"), 2).fault?.kind).toBe("size");
    expect(decoded({ limits, divert }, document("00 14 4c c3 06 31 32 33 34 35 36 01"), 2).fault?.kind).toBe(
      "size",
    );
  });
});

describe("reading a tree", () => {
  const item = tree(
    xml(
      "AirSync",
      `<Add>text<Status>5</Status><email:Status>2</email:Status><Status>6</Status>
        <Class />more<ServerId> 12 </ServerId></Add>`,
    ),
  );

  it("finds by name and namespace, the first or all", () => {
    expect(childText(item, "AirSync", "Status")).toBe("5");
    expect(childText(item, "Email", "Status")).toBe("2");
    expect(children(item, "AirSync", "Status").map(textOf)).toEqual(["5", "6"]);
    expect(childText(item, "AirSync", "Class")).toBe("");
    expect(childText(item, "AirSync", "SyncKey")).toBeNull();
    expect(child(undefined, "AirSync", "SyncKey")).toBeUndefined();
    expect(children(undefined, "AirSync", "SyncKey")).toEqual([]);
  });

  it("takes the own text of an element, not that of its children", () => {
    expect(textOf(item)).toBe("textmore");
    expect(textOf(el("Email", "Subject", "a", new TextEncoder().encode("é"), "b"))).toBe("aéb");
    expect(textOf(el("Email", "Subject"))).toBe("");
  });

  it("takes numbers with blanks around them, and nothing else for a number", () => {
    expect(childInteger(item, "AirSync", "ServerId")).toBe(12);
    const number = (text: string) =>
      childInteger(el("AirSync", "Add", el("AirSync", "Status", text)), "AirSync", "Status");
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(number(String(value))).toBe(value);
      }),
      { seed, numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), (noise) => {
        const value = number(noise);
        if (/^-?[0-9]+$/.test(noise.trim())) expect(value).toBe(Number(noise));
        else expect(value).toBeNull();
      }),
      { seed, numRuns: 300 },
    );
  });
});
