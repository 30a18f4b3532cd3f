import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addedAuthorities } from "../../../electron/processes/authorities.ts";

let profileDir = "";
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), "authorities-"));
});
afterEach(() => rmSync(profileDir, { recursive: true, force: true }));

const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;
const write = (text: string) => writeFileSync(join(profileDir, "authorities.pem"), text);

describe("authorities that a profile adds", () => {
  it("are the certificates of its file, whatever stands between them", () => {
    write(`# Example CA\r\n${pem("QUJD")}\n\nsubject: x\n${pem("REVG\nR0hJ")}\n`);
    expect(addedAuthorities(profileDir)).toEqual([pem("QUJD"), pem("REVG\nR0hJ")]);
  });
  it("are none without a file, or with one that is no file", () => {
    expect(addedAuthorities(profileDir)).toEqual([]);
    mkdirSync(join(profileDir, "authorities.pem"));
    expect(addedAuthorities(profileDir)).toEqual([]);
  });
  it("never include a key, or half a certificate", () => {
    write(
      `-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nQUJD\n`,
    );
    expect(addedAuthorities(profileDir)).toEqual([]);
  });
  it("are none in a file of more than a megabyte", () => {
    write(`${pem("QUJD")}\n${" ".repeat(1 << 20)}`);
    expect(addedAuthorities(profileDir)).toEqual([]);
  });
});
