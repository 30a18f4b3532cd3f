import { crc32, deflateSync } from "node:zlib";
import type { Dice } from "./random.ts";

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A bar chart of random heights as PNG (RFC 2083): 8-bit RGB, no filter. */
export function pngChart(dice: Dice, width = 240, height = 120): Uint8Array {
  const bars = Array.from({ length: 12 }, () => dice.int(10, height - 10));
  const colour = [dice.int(20, 90), dice.int(80, 140), dice.int(120, 200)];
  const raw = Buffer.alloc((width * 3 + 1) * height, 0xff);
  for (let y = 0; y < height; y++) {
    const line = y * (width * 3 + 1);
    raw[line] = 0;
    for (let x = 0; x < width; x++) {
      const bar = bars[Math.floor((x * bars.length) / width)] ?? 0;
      const inGap = x % 20 > 15;
      if (!inGap && height - y <= bar) raw.set(colour, line + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(raw)),
    pngChunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

const segment = (marker: number, data: readonly number[]): number[] => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 0xff,
  ...data,
];

/** DC codes of ITU T.81 table K.3: length by category. */
const DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];

function dcCodes(): { code: number; length: number }[] {
  const codes: { code: number; length: number }[] = [];
  let code = 0;
  DC_LENGTHS.forEach((count, at) => {
    for (let one = 0; one < count; one++) codes.push({ code: code++, length: at + 1 });
    code <<= 1;
  });
  return codes;
}

/**
 * A soft grey mosaic as baseline JPEG (ITU T.81). Each block of 8 by 8 has one shade, so that only its DC value is
 * coded and the single AC code means "end of block".
 */
export function jpegMosaic(dice: Dice, blocksWide = 48, blocksHigh = 32): Uint8Array {
  const codes = dcCodes();
  const bits: number[] = [];
  const put = (value: number, length: number): void => {
    for (let at = length - 1; at >= 0; at--) bits.push((value >> at) & 1);
  };
  let previous = 0;
  let shade = 0;
  for (let block = 0; block < blocksWide * blocksHigh; block++) {
    shade = Math.max(-60, Math.min(60, shade + dice.int(-9, 9)));
    const difference = shade - previous;
    previous = shade;
    const size = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
    const { code, length } = codes[size] ?? { code: 0, length: 2 };
    put(code, length);
    put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
    put(0, 1);
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const value = bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0);
    data.push(value);
    if (value === 0xff) data.push(0);
  }
  const [width, height] = [blocksWide * 8, blocksHigh * 8];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 16)]),
    ...segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...DC_LENGTHS, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ...segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...data,
    ...[0xff, 0xd9],
  ]);
}
