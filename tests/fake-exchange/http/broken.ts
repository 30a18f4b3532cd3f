import type { Socket } from "node:net";
import { Dice } from "../generator/random.ts";
import type { HttpAnswer } from "./respond.ts";

/** An answer that says it is WBXML and is noise. */
export function garbage(length: number, seed: number): HttpAnswer {
  const dice = new Dice(seed);
  return {
    status: 200,
    headers: { "Content-Type": "application/vnd.ms-sync.wbxml" },
    body: Uint8Array.from({ length }, () => dice.int(0, 255)),
  };
}

/** Writes the head and the first bytes of the body, then ends the connection; 0 bytes: the head alone. */
export function sendCut(
  socket: Socket,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  bytes: number,
): void {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} Cut\r\n${head.join("")}\r\n`);
  socket.write(body.subarray(0, bytes), () => socket.destroy());
}
