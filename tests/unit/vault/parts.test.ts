import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { KeychainError } from "../../../electron/vault/api.ts";
import { createKeychain, type Keytar } from "../../../electron/vault/keychain.ts";
import { newCost, passcodeKey } from "../../../electron/vault/passcode.ts";
import { derivedKey, seal, unseal } from "../../../electron/vault/seal.ts";
import { cheap } from "./support.ts";

describe("seal", () => {
  const key = new Uint8Array(32).fill(1);

  test("opens with the same key and purpose only", () => {
    const sealed = seal(key, "purpose", Buffer.from("hidden"));
    expect(unseal(key, "purpose", sealed)?.toString()).toBe("hidden");
    expect(unseal(key, "another", sealed)).toBeNull();
    expect(unseal(new Uint8Array(32).fill(2), "purpose", sealed)).toBeNull();
  });

  test("never uses a nonce twice", () => {
    const nonces = new Set(Array.from({ length: 500 }, () => seal(key, "p", Buffer.from("x")).nonce));
    expect(nonces.size).toBe(500);
  });

  test.each([
    { nonce: "AAAA" },
    { nonce: Buffer.alloc(16).toString("base64") },
    { data: "" },
    { data: "AAAA" },
    { data: Buffer.alloc(16).toString("base64") },
  ])("refuses broken parts: %j", (part) => {
    expect(unseal(key, "p", { ...seal(key, "p", Buffer.from("x")), ...part })).toBeNull();
  });

  test("seals nothing, and much", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(10_000, 9)])
      expect(unseal(key, "p", seal(key, "p", bytes))).toEqual(bytes);
  });

  test("derived keys differ by use and from the key itself", () => {
    const keys = [derivedKey(key, "a"), derivedKey(key, "b"), Buffer.from(key)].map((k) => k.toString("hex"));
    expect(new Set(keys).size).toBe(3);
    expect(derivedKey(key, "a").byteLength).toBe(32);
  });
});

describe("passcode", () => {
  test("is scrypt with the stated parameters", async () => {
    const cost = await cheap();
    const expected = scryptSync("eight letters", Buffer.from(cost.salt, "base64"), 32, {
      N: 65_536,
      r: 8,
      p: 1,
      maxmem: 256 * 65_536 * 8,
    });
    expect(await passcodeKey("eight letters", cost)).toEqual(expected);
  });

  test("the work doubles until one guess takes a quarter of a second, within bounds", async () => {
    const costs = [];
    for (const ms of [400, 200, 130, 70, 40, 1]) costs.push((await newCost(async () => ms)).logN);
    expect(costs).toEqual([16, 17, 17, 18, 19, 19]);
  });

  test("measures on this machine, and salts anew each time", async () => {
    const [one, two] = [await newCost(), await newCost(async () => 300)];
    expect(one.logN).toBeGreaterThanOrEqual(16);
    expect(one.salt).not.toBe(two.salt);
    expect(Buffer.from(one.salt, "base64").byteLength).toBe(32);
  });
});

describe("the keychain adapter", () => {
  function fake(parts: Partial<Keytar>): () => Promise<Keytar> {
    return async () => ({
      getPassword: async () => null,
      setPassword: async () => {},
      deletePassword: async () => false,
      ...parts,
    });
  }

  test("uses one service name and passes values through", async () => {
    const calls: string[][] = [];
    const keychain = createKeychain(
      fake({
        getPassword: async (...args) => {
          calls.push(args);
          return "value";
        },
        setPassword: async (...args) => void calls.push(args),
        deletePassword: async (...args) => {
          calls.push(args);
          return false;
        },
      }),
    );
    await keychain.set("a", "b");
    expect(await keychain.get("a")).toBe("value");
    await keychain.delete("a");
    expect(calls).toEqual([
      ["Bulkhead Mail", "a", "b"],
      ["Bulkhead Mail", "a"],
      ["Bulkhead Mail", "a"],
    ]);
  });

  test("is not loaded before it is used, and once only", async () => {
    let loads = 0;
    const keychain = createKeychain(async () => {
      loads += 1;
      return fake({})();
    });
    expect(loads).toBe(0);
    await keychain.get("a");
    await keychain.get("b");
    expect(loads).toBe(1);
  });

  test.each([
    ["libsecret-1.so.0: cannot open shared object file", "libsecret"],
    ["Cannot autolaunch D-Bus without X11 $DISPLAY", "no keychain service"],
    ["The name org.freedesktop.secrets was not provided by any .service files", "no keychain service"],
    ["The user name or passphrase you entered is not correct.", "not correct"],
    ["x".repeat(5_000), "x".repeat(200)],
  ])("turns a failure into a typed one: %s", async (message, expected) => {
    const keychain = createKeychain(fake({ getPassword: () => Promise.reject(new Error(message)) }));
    const failure = await keychain.get("a").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(KeychainError);
    expect(failure).toHaveProperty("reason", expect.stringContaining(expected));
    expect(String(failure).length).toBeLessThan(300);
  });

  test("a library that does not load is a typed failure too", async () => {
    const keychain = createKeychain(() => Promise.reject(new Error("Failed to load keytar native addon")));
    await expect(keychain.set("a", "b")).rejects.toBeInstanceOf(KeychainError);
  });

  test("a keychain that never answers is given up", async () => {
    const keychain = createKeychain(fake({ getPassword: () => new Promise(() => {}) }), 20);
    await expect(keychain.get("a")).rejects.toThrow("did not answer");
  });
});
