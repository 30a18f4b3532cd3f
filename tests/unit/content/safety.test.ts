import { describe, expect, it } from "vitest";
import { pictureType } from "../../../electron/content/pictures.ts";
import { isProgram } from "../../../electron/content/programs.ts";

describe("isProgram", () => {
  it.each([
    "setup.exe",
    "Invoice.PDF.EXE",
    "run.sh",
    "a.desktop",
    "x.HTA",
    "page.html",
    "mac.dmg",
    "spaces.exe ",
    "dots.exe..",
    "a.ps1",
    "b.lnk",
    "c.jar",
  ])("%s runs", (name) => expect(isProgram(name)).toBe(true));
  it.each([
    "report.pdf",
    "photo.jpeg",
    "table.xlsx",
    "notes.txt",
    "README",
    "exe",
    ".exe.pdf",
    "mail.eml",
    "",
  ])("%s is shown", (name) => expect(isProgram(name)).toBe(false));
});

describe("pictureType", () => {
  const bytes = (...values: number[]) => new Uint8Array(values);
  it("tells pictures by their first bytes", () => {
    expect(pictureType(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1))).toBe("image/png");
    expect(pictureType(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe("image/jpeg");
    expect(pictureType(new TextEncoder().encode("GIF89a..."))).toBe("image/gif");
    expect(pictureType(new TextEncoder().encode("RIFF0000WEBPVP8 "))).toBe("image/webp");
    expect(pictureType(new TextEncoder().encode("0000ftypavif"))).toBe("image/avif");
  });
  it.each([
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "<!doctype html><script>",
    "",
    "RIFF0000WAVE",
    "\x89PN",
  ])("is not fooled by %j", (text) => expect(pictureType(new TextEncoder().encode(text))).toBeNull());
});
