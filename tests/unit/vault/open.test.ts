import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openVault } from "../../../electron/vault/open.ts";
import { ACCOUNT, cheap, hex, memoryKeychain, OTHER, ready, tempDir } from "./support.ts";

describe("with a keychain", () => {
  test("the first start makes a key, every later one opens the same", async () => {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    const first = hex(ready(await openVault({ dir, keychain })));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(hex(ready(await openVault({ dir, keychain })))).toBe(first);
    expect(hex(ready(await openVault({ dir: tempDir(), keychain })))).not.toBe(first);
  });

  test("two profiles share a keychain without touching each other's secret", async () => {
    const [one, two, keychain] = [tempDir(), tempDir(), memoryKeychain()];
    const keys = [
      hex(ready(await openVault({ dir: one, keychain }))),
      hex(ready(await openVault({ dir: two, keychain }))),
    ];
    expect(keychain.entries.size).toBe(2);
    expect(hex(ready(await openVault({ dir: one, keychain })))).toBe(keys[0]);
    expect(hex(ready(await openVault({ dir: two, keychain })))).toBe(keys[1]);
  });

  test("neither the key nor the secret is in the file, in any usual encoding", async () => {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    const vault = ready(await openVault({ dir, keychain }));
    await vault.secrets.set(ACCOUNT, "correct horse");
    const text = readFileSync(join(dir, "vault.json"), "utf8");
    const key = Buffer.from(vault.keys.databaseKey());
    const secret = Buffer.from([...keychain.entries.values()][0] ?? "", "base64");
    for (const bytes of [key, secret])
      for (const encoding of ["hex", "base64", "base64url", "latin1"] as const)
        expect(text).not.toContain(bytes.toString(encoding));
    expect(text).not.toContain("correct horse");
  });

  test("the file is the user's alone, and nothing is left beside it", async () => {
    const dir = join(tempDir(), "profile");
    await openVault({ dir, keychain: memoryKeychain() });
    expect(statSync(join(dir, "vault.json")).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir)).toEqual(["vault.json"]);
  });

  test("passwords live in the keychain", async () => {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    const { secrets } = ready(await openVault({ dir, keychain }));
    expect(await secrets.get(ACCOUNT)).toBeNull();
    await secrets.set(ACCOUNT, "pässwort 🔑");
    expect(keychain.entries.get(`account:${ACCOUNT}`)).toBe("pässwort 🔑");
    expect(await secrets.get(ACCOUNT)).toBe("pässwort 🔑");
    expect(await secrets.get(OTHER)).toBeNull();
    await secrets.delete(ACCOUNT);
    expect(await secrets.get(ACCOUNT)).toBeNull();
  });

  test("a lost secret ends in words, and nothing is overwritten", async () => {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    const key = hex(ready(await openVault({ dir, keychain })));
    const before = readFileSync(join(dir, "vault.json"));
    const kept = new Map(keychain.entries);
    keychain.entries.clear();
    const lost = await openVault({ dir, keychain });
    expect(lost).toMatchObject({
      state: "failed",
      message: expect.stringContaining("no longer has the secret"),
    });
    expect(keychain.entries.size).toBe(0);
    expect(readFileSync(join(dir, "vault.json"))).toEqual(before);
    for (const [name, value] of kept) keychain.entries.set(name, value);
    expect(hex(ready(await openVault({ dir, keychain })))).toBe(key);
  });

  test("a locked keychain at a later start ends in its reason, never in a passcode", async () => {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    await openVault({ dir, keychain });
    keychain.broken = "it is locked";
    expect(await openVault({ dir, keychain })).toMatchObject({
      state: "failed",
      message: expect.stringContaining("it is locked"),
    });
  });

  test.each(["", "AAAA", Buffer.alloc(32, 1).toString("base64")])(
    "a changed secret does not open it: %j",
    async (value) => {
      const [dir, keychain] = [tempDir(), memoryKeychain()];
      await openVault({ dir, keychain });
      for (const name of keychain.entries.keys()) keychain.entries.set(name, value);
      expect(await openVault({ dir, keychain })).toMatchObject({
        state: "failed",
        message: expect.stringContaining("does not open"),
      });
    },
  );

  test("a closed vault gives no key, and the key's memory is overwritten", async () => {
    const vault = ready(await openVault({ dir: tempDir(), keychain: memoryKeychain() }));
    const key = vault.keys.databaseKey();
    vault.close();
    expect([...key]).toEqual(Array(32).fill(0));
    expect(() => vault.keys.databaseKey()).toThrow("closed");
  });
});

describe("without a keychain", () => {
  async function choose(dir: string, reason = "nothing there") {
    const keychain = memoryKeychain();
    keychain.broken = reason;
    const vault = await openVault({ dir, keychain, cost: cheap });
    if (vault.state !== "choose-passcode") throw new Error(vault.state);
    return { vault, keychain };
  }

  test("the app is told why, and no key is written before a passcode is chosen", async () => {
    const dir = tempDir();
    const { vault } = await choose(dir, "no keychain service runs");
    expect(vault.reason).toContain("no keychain service runs");
    expect(readdirSync(dir)).toEqual([]);
  });

  test("a keychain that loses what it is given counts as none", async () => {
    const keychain = memoryKeychain();
    keychain.forgetful = true;
    expect(await openVault({ dir: tempDir(), keychain, cost: cheap })).toMatchObject({
      state: "choose-passcode",
      reason: expect.stringContaining("did not keep"),
    });
  });

  test("the passcode opens it; another does not, and may be tried again", async () => {
    const dir = tempDir();
    const { vault, keychain } = await choose(dir);
    const key = hex(ready(await vault.create("eight letters")));
    const before = readFileSync(join(dir, "vault.json"));
    const again = await openVault({ dir, keychain });
    if (again.state !== "needs-passcode") throw new Error(again.state);
    for (const wrong of ["Eight letters", "eight letters "])
      expect(await again.unlock(wrong)).toEqual({ state: "wrong-passcode" });
    expect(readFileSync(join(dir, "vault.json"))).toEqual(before);
    expect(hex(ready(await again.unlock("eight letters")))).toBe(key);
  });

  test("a keychain that appears later does not change how an existing vault opens", async () => {
    const dir = tempDir();
    const { vault } = await choose(dir);
    await vault.create("eight letters");
    expect((await openVault({ dir, keychain: memoryKeychain() })).state).toBe("needs-passcode");
  });

  test("the same passcode typed composed or decomposed is one", async () => {
    const dir = tempDir();
    const { vault, keychain } = await choose(dir);
    const key = hex(ready(await vault.create("Zürich-Straße")));
    const again = await openVault({ dir, keychain });
    if (again.state !== "needs-passcode") throw new Error(again.state);
    expect(hex(ready(await again.unlock("Zu\u0308rich-Straße")))).toBe(key);
  });

  test("passwords are kept in the file, sealed, each for its own account", async () => {
    const dir = tempDir();
    const { vault, keychain } = await choose(dir);
    const { secrets } = ready(await vault.create("eight letters"));
    await Promise.all([secrets.set(ACCOUNT, "correct horse"), secrets.set(OTHER, "battery staple")]);
    const text = readFileSync(join(dir, "vault.json"), "utf8");
    expect(text).not.toContain("correct horse");
    expect(text).not.toContain(Buffer.from("correct horse").toString("base64"));
    const again = await openVault({ dir, keychain });
    if (again.state !== "needs-passcode") throw new Error(again.state);
    const reopened = ready(await again.unlock("eight letters"));
    expect(await reopened.secrets.get(ACCOUNT)).toBe("correct horse");
    expect(await reopened.secrets.get(OTHER)).toBe("battery staple");
    const file = JSON.parse(text);
    [file.secrets[ACCOUNT], file.secrets[OTHER]] = [file.secrets[OTHER], file.secrets[ACCOUNT]];
    writeFileSync(join(dir, "vault.json"), JSON.stringify(file));
    const swapped = await openVault({ dir, keychain });
    if (swapped.state !== "needs-passcode") throw new Error(swapped.state);
    expect(await ready(await swapped.unlock("eight letters")).secrets.get(ACCOUNT)).toBeNull();
  });

  test("deleting a password leaves the others", async () => {
    const dir = tempDir();
    const { vault } = await choose(dir);
    const { secrets } = ready(await vault.create("eight letters"));
    await secrets.set(ACCOUNT, "one");
    await secrets.set(OTHER, "two");
    await secrets.delete(ACCOUNT);
    await secrets.delete(ACCOUNT);
    expect(await secrets.get(ACCOUNT)).toBeNull();
    expect(await secrets.get(OTHER)).toBe("two");
  });

  test("two starts at once do not replace each other's vault", async () => {
    const dir = tempDir();
    const [one, two] = [await choose(dir), await choose(dir)];
    const key = hex(ready(await one.vault.create("eight letters")));
    expect(await two.vault.create("other letters")).toMatchObject({ state: "failed" });
    const again = await openVault({ dir, keychain: one.keychain });
    if (again.state !== "needs-passcode") throw new Error(again.state);
    expect(hex(ready(await again.unlock("eight letters")))).toBe(key);
  });
});

describe("a file that was changed", () => {
  async function made(): Promise<{ dir: string; keychain: ReturnType<typeof memoryKeychain>; file: string }> {
    const [dir, keychain] = [tempDir(), memoryKeychain()];
    await openVault({ dir, keychain });
    return { dir, keychain, file: join(dir, "vault.json") };
  }

  test.each([
    ["cut", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["no JSON", () => "\0\0\0\0"],
    ["another kind of JSON", () => "[]"],
    ["a list of nothing", () => "null"],
    ["too large", (text: string) => text + " ".repeat(1024 * 1024)],
    ["nonce gone", (text: string) => text.replace(/"nonce": "[^"]*"/, '"nonce": ""')],
    ["another cipher", (text: string) => text.replace("aes-256-gcm", "none")],
  ])("%s: words, and it stays as it is", async (_, change) => {
    const { dir, keychain, file } = await made();
    const changed = change(readFileSync(file, "utf8"));
    writeFileSync(file, changed);
    const entries = [...keychain.entries];
    expect(await openVault({ dir, keychain })).toMatchObject({ state: "failed" });
    expect(readFileSync(file, "utf8")).toBe(changed);
    expect([...keychain.entries]).toEqual(entries);
  });

  test("every single flipped bit of the sealed key is noticed", async () => {
    const { dir, keychain, file } = await made();
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    const data = Buffer.from(parsed.key.data, "base64");
    expect(data.byteLength).toBe(48);
    for (let bit = 0; bit < data.byteLength * 8; bit += 7) {
      const flipped = Buffer.from(data);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(
        file,
        JSON.stringify({ ...parsed, key: { ...parsed.key, data: flipped.toString("base64") } }),
      );
      expect((await openVault({ dir, keychain })).state).toBe("failed");
    }
  });

  test("a newer format is left alone, with words that say so", async () => {
    const { dir, keychain, file } = await made();
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...parsed, version: 2, surprise: true }));
    expect(await openVault({ dir, keychain })).toMatchObject({
      state: "failed",
      message: expect.stringContaining("newer version"),
    });
  });

  test("a cheaper passcode cost than was chosen does not open it", async () => {
    const dir = tempDir();
    const keychain = memoryKeychain();
    keychain.broken = "none";
    const vault = await openVault({ dir, keychain, cost: async () => ({ ...(await cheap()), logN: 17 }) });
    if (vault.state !== "choose-passcode") throw new Error(vault.state);
    await vault.create("eight letters");
    const file = join(dir, "vault.json");
    const parsed = JSON.parse(readFileSync(file, "utf8"));
    parsed.wrap.cost.logN = 16;
    writeFileSync(file, JSON.stringify(parsed));
    const lowered = await openVault({ dir, keychain });
    if (lowered.state !== "needs-passcode") throw new Error(lowered.state);
    expect(await lowered.unlock("eight letters")).toEqual({ state: "wrong-passcode" });
    for (const logN of [1, 15, 20, 60, 16.5]) {
      parsed.wrap.cost.logN = logN;
      writeFileSync(file, JSON.stringify(parsed));
      expect((await openVault({ dir, keychain })).state).toBe("failed");
    }
  });

  test("what an interrupted write left behind is no obstacle", async () => {
    const { dir, keychain, file } = await made();
    writeFileSync(`${file}.new`, "half a fi");
    expect((await openVault({ dir, keychain })).state).toBe("ready");
    const fresh = tempDir();
    writeFileSync(join(fresh, "vault.json.new"), "half a fi");
    expect((await openVault({ dir: fresh, keychain })).state).toBe("ready");
    expect(existsSync(join(fresh, "vault.json.new"))).toBe(false);
  });

  test("a file that cannot be read at all is not taken for a first start", async () => {
    const dir = tempDir();
    mkdirSync(join(dir, "vault.json"));
    const keychain = memoryKeychain();
    expect(await openVault({ dir, keychain })).toMatchObject({ state: "failed" });
    expect(keychain.entries.size).toBe(0);
  });
});
