import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fallbackFileName, safeFileName } from "../../../../electron/protocol/mime/file-name.ts";

describe("safeFileName", () => {
  it.each([
    ["report.pdf", "report.pdf"],
    ["Bericht März.pdf", "Bericht März.pdf"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\x\\file.doc", "file.doc"],
    ["/", ""],
    ["..", ""],
    ["a/..", "a"],
    [".bashrc", "bashrc"],
    ["name. . .", "name"],
    ["con", "_con"],
    ["NUL.txt", "_NUL.txt"],
    ["COM1", "_COM1"],
    ["console.txt", "console.txt"],
    ["a<b>c|d?e*f:g.txt", "a_b_c_d_e_f_g.txt"],
    ["invoice\u202efdp.exe", "invoicefdp.exe"],
    ["a\0b\r\nc.txt", "abc.txt"],
    ["zero\u200bwidth.txt", "zerowidth.txt"],
    ["e\u0301.txt", "é.txt"],
    ["  spaced   out  .txt", "spaced out .txt"],
    ["", ""],
  ])("%j becomes %j", (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });

  it("shortens a long name and keeps its extension", () => {
    const name = safeFileName(`${"x".repeat(500)}.pdf`);
    expect(name).toHaveLength(180);
    expect(name.endsWith(".pdf")).toBe(true);
  });

  it("is safe whatever comes in, and stays the same when done twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 230 }), (raw) => {
        const name = safeFileName(raw);
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}]|^\.|[. ]$/u);
        expect(name.length).toBeLessThanOrEqual(181);
        expect(safeFileName(name)).toBe(name);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it("names what has no name", () => {
    expect(fallbackFileName("image/png", 2)).toBe("image-2.png");
    expect(fallbackFileName("message/rfc822", 1)).toBe("message-1.eml");
    expect(fallbackFileName("application/x-unheard-of", 3)).toBe("attachment-3.bin");
  });
});
