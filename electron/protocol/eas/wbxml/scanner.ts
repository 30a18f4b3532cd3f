import { defaultLimits, type WbxmlFault, type WbxmlLimits } from "./faults.ts";

/** What a document consists of, told in order. Content comes in pieces as the chunks arrive. */
interface WbxmlEvents {
  start(page: number, token: number, offset: number): void;
  /** Part of a content: valid only during the call. */
  bytes(part: Uint8Array, opaque: boolean): void;
  /** The content of which parts were told is complete. */
  bytesEnd(opaque: boolean): void;
  end(): void;
  trailing(offset: number): void;
}

/** Unwinds the state machine; never leaves this file. */
class Refusal extends Error {
  readonly fault: WbxmlFault;
  constructor(fault: WbxmlFault) {
    super(fault.detail);
    this.fault = fault;
  }
}

const versions: ReadonlySet<number> = new Set([1, 2, 3]);
/** IANA MIBenum: UTF-8, and US-ASCII, which is a part of it. */
const charsets: ReadonlySet<number> = new Set([106, 3]);
const unknownPublicId = 1;
const maxStringTable = 64 << 10;

const SWITCH_PAGE = 0x00;
const END = 0x01;
const ENTITY = 0x02;
const STR_I = 0x03;
const STR_T = 0x83;
const OPAQUE = 0xc3;
const HAS_ATTRIBUTES = 0x80;
const HAS_CONTENT = 0x40;
const TOKEN = 0x3f;

type State =
  | "version"
  | "public-id"
  | "charset"
  | "table-length"
  | "table"
  | "body"
  | "page"
  | "entity"
  | "string"
  | "table-reference"
  | "opaque-length"
  | "opaque"
  | "done";

/**
 * Reads a WBXML 1.3 document as ActiveSync uses it (MS-ASWBXML 2.1.2.1), chunk by chunk, in constant
 * memory: nothing is held back but the string table. After a fault it stays at that fault.
 */
export class WbxmlScanner {
  readonly #events: WbxmlEvents;
  readonly #limits: WbxmlLimits;
  #state: State = "version";
  #offset = 0;
  #fault: WbxmlFault | null = null;
  #page = 0;
  #depth = 0;
  #elements = 0;
  #integer = 0;
  #integerBytes = 0;
  /** Bytes of the content told so far, or still to come for OPAQUE and the string table. */
  #told = 0;
  #left = 0;
  #table = new Uint8Array(0);

  constructor(events: WbxmlEvents, limits: WbxmlLimits = defaultLimits) {
    this.#events = events;
    this.#limits = limits;
  }

  /** Reads on; null while nothing is wrong. */
  push(chunk: Uint8Array): WbxmlFault | null {
    return this.#guard(() => this.#read(chunk));
  }

  /** Says that no more chunks come; a fault when the document is not complete. */
  finish(): WbxmlFault | null {
    return this.#guard(() => {
      if (this.#state !== "done") this.#refuse("truncated", `ended in ${this.#state}, depth ${this.#depth}`);
    });
  }

  #guard(work: () => void): WbxmlFault | null {
    if (this.#fault !== null) return this.#fault;
    try {
      work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#fault = error.fault;
    }
    return this.#fault;
  }

  #refuse(kind: WbxmlFault["kind"], detail: string): never {
    throw new Refusal({ kind, offset: this.#offset, detail });
  }

  #read(chunk: Uint8Array): void {
    if (this.#offset + chunk.length > this.#limits.document) {
      this.#refuse("size", `more than ${this.#limits.document} bytes`);
    }
    const start = this.#offset;
    let at = 0;
    while (at < chunk.length) {
      this.#offset = start + at;
      if (this.#state === "string") at = this.#inString(chunk, at);
      else if (this.#state === "opaque" || this.#state === "table") at = this.#inCounted(chunk, at);
      else if (this.#state === "done") {
        this.#events.trailing(this.#offset);
        at = chunk.length;
      } else this.#byte(chunk[at++] ?? 0);
    }
    this.#offset = start + chunk.length;
  }

  #byte(byte: number): void {
    switch (this.#state) {
      case "version":
        if (!versions.has(byte)) this.#refuse("header", `version byte ${byte}`);
        this.#state = "public-id";
        return;
      case "body":
        this.#token(byte);
        return;
      case "page":
        this.#page = byte;
        this.#state = "body";
        return;
      default:
        if (this.#multiByte(byte)) this.#integerRead(this.#integer);
    }
  }

  /** Collects a multi-byte integer (WBXML 5.1): 7 bits a byte, at most 32 in all. True at its end. */
  #multiByte(byte: number): boolean {
    if (this.#integerBytes === 0) this.#integer = 0;
    this.#integerBytes += 1;
    this.#integer = this.#integer * 128 + (byte & 0x7f);
    if (this.#integer > 0xffff_ffff || this.#integerBytes > 5) this.#refuse("integer", "more than 32 bits");
    if ((byte & 0x80) !== 0) return false;
    this.#integerBytes = 0;
    return true;
  }

  #integerRead(value: number): void {
    switch (this.#state) {
      case "public-id":
        if (value !== unknownPublicId) this.#refuse("header", `public identifier ${value}`);
        this.#state = "charset";
        return;
      case "charset":
        if (!charsets.has(value)) this.#refuse("header", `character set ${value}`);
        this.#state = "table-length";
        return;
      case "table-length":
        if (value > maxStringTable) this.#refuse("header", `string table of ${value} bytes`);
        this.#table = new Uint8Array(value);
        this.#left = value;
        this.#state = value === 0 ? "body" : "table";
        return;
      case "entity":
        this.#entity(value);
        return;
      case "table-reference":
        this.#tableString(value);
        return;
      case "opaque-length":
        if (value > this.#limits.content) this.#refuse("size", `opaque data of ${value} bytes`);
        this.#left = value;
        this.#state = "opaque";
        if (value === 0) this.#contentEnd(true);
    }
  }

  #token(byte: number): void {
    switch (byte) {
      case SWITCH_PAGE:
        this.#state = "page";
        return;
      case END:
        if (this.#depth === 0) this.#refuse("content", "END without an element");
        this.#close();
        return;
      case ENTITY:
        this.#content("entity");
        return;
      case STR_I:
        this.#content("string");
        return;
      case STR_T:
        this.#content("table-reference");
        return;
      case OPAQUE:
        this.#content("opaque-length");
        return;
    }
    const token = byte & TOKEN;
    if (token < 5) this.#refuse("token", `global token 0x${byte.toString(16)}`);
    if ((byte & HAS_ATTRIBUTES) !== 0) this.#refuse("attributes", `on token 0x${token.toString(16)}`);
    this.#open(token, (byte & HAS_CONTENT) !== 0);
  }

  #open(token: number, hasContent: boolean): void {
    if (this.#depth >= this.#limits.depth) this.#refuse("depth", `deeper than ${this.#limits.depth}`);
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) {
      this.#refuse("elements", `more than ${this.#limits.elements} elements`);
    }
    this.#depth += 1;
    this.#events.start(this.#page, token, this.#offset);
    if (!hasContent) this.#close();
  }

  #close(): void {
    this.#depth -= 1;
    this.#events.end();
    if (this.#depth === 0) this.#state = "done";
  }

  #content(state: State): void {
    if (this.#depth === 0) this.#refuse("content", "content outside the root element");
    this.#told = 0;
    this.#state = state;
  }

  #contentEnd(opaque: boolean): void {
    this.#state = "body";
    this.#events.bytesEnd(opaque);
  }

  #inString(chunk: Uint8Array, at: number): number {
    const zero = chunk.indexOf(0, at);
    const end = zero === -1 ? chunk.length : zero;
    this.#told += end - at;
    if (this.#told > this.#limits.content)
      this.#refuse("size", `text of more than ${this.#limits.content} bytes`);
    if (end > at) this.#events.bytes(chunk.subarray(at, end), false);
    if (zero === -1) return end;
    this.#contentEnd(false);
    return zero + 1;
  }

  #inCounted(chunk: Uint8Array, at: number): number {
    const end = Math.min(chunk.length, at + this.#left);
    const part = chunk.subarray(at, end);
    if (this.#state === "table") this.#table.set(part, this.#table.length - this.#left);
    else this.#events.bytes(part, true);
    this.#left -= part.length;
    if (this.#left === 0) {
      if (this.#state === "table") this.#state = "body";
      else this.#contentEnd(true);
    }
    return end;
  }

  #entity(value: number): void {
    const surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value === 0 || value > 0x10ffff || surrogate) this.#refuse("entity", `character ${value}`);
    this.#events.bytes(new TextEncoder().encode(String.fromCodePoint(value)), false);
    this.#contentEnd(false);
  }

  #tableString(start: number): void {
    const end = this.#table.indexOf(0, start);
    if (start >= this.#table.length || end === -1) this.#refuse("string-table", `no string at ${start}`);
    if (end > start) this.#events.bytes(this.#table.subarray(start, end), false);
    this.#contentEnd(false);
  }
}
