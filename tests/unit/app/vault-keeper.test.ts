import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createVaultKeeper } from "../../../electron/app/vault-keeper.ts";
import { type Keychain, KeychainError } from "../../../electron/vault/api.ts";
import { ok } from "../../../shared/base/result.ts";
import { ACCOUNT_ID } from "../../support/mail.ts";

let profileDir = "";
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), "vault-keeper-"));
});
afterEach(() => rmSync(profileDir, { recursive: true, force: true }));

function memoryKeychain(): Keychain & { readonly kept: Map<string, string>; broken: boolean } {
  const kept = new Map<string, string>();
  const keychain = {
    kept,
    broken: false,
    async get(name: string) {
      if (keychain.broken) throw new KeychainError("gone");
      return kept.get(name) ?? null;
    },
    async set(name: string, value: string) {
      if (keychain.broken) throw new KeychainError("gone");
      kept.set(name, value);
    },
    async delete(name: string) {
      if (keychain.broken) throw new KeychainError("gone");
      kept.delete(name);
    },
  };
  return keychain;
}

function keeper(keychain: Keychain) {
  const keys: Uint8Array[] = [];
  let changes = 0;
  const vault = createVaultKeeper({
    profileDir,
    keychain,
    onChange: () => {
      changes += 1;
    },
    onKey: (key) => keys.push(Uint8Array.from(key)),
  });
  return { vault, keys, changes: () => changes };
}

describe("with a keychain", () => {
  it("opens by itself, and hands out the same key at the next start", async () => {
    const keychain = memoryKeychain();
    const first = keeper(keychain);
    expect(first.vault.state().state).toBe("opening");
    await first.vault.open();
    expect(first.vault.state()).toEqual({ state: "ready", message: "" });
    expect(first.changes()).toBe(1);
    const second = keeper(keychain);
    await second.vault.open();
    expect(second.keys).toEqual(first.keys);
    expect(first.keys[0]).toHaveLength(32);
  });

  it("writes no key to the disk", async () => {
    const { vault, keys } = keeper(memoryKeychain());
    await vault.open();
    const [key = new Uint8Array()] = keys;
    const files = readdirSync(profileDir).map((name) => readFileSync(join(profileDir, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(file.includes(Buffer.from(key))).toBe(false);
      expect(file.includes(Buffer.from(key).toString("base64"))).toBe(false);
      expect(file.includes(Buffer.from(key).toString("hex"))).toBe(false);
    }
  });

  it("keeps passwords for the engine, and answers when the keychain does not", async () => {
    const keychain = memoryKeychain();
    const { vault } = keeper(keychain);
    const { secrets } = vault.secrets;
    expect(await secrets.get({ accountId: ACCOUNT_ID })).toMatchObject({ error: { code: "unavailable" } });
    await vault.open();
    expect(await secrets.set({ accountId: ACCOUNT_ID, value: "pw" })).toEqual(ok({}));
    expect(await secrets.get({ accountId: ACCOUNT_ID })).toEqual(ok("pw"));
    keychain.broken = true;
    expect(await secrets.get({ accountId: ACCOUNT_ID })).toMatchObject({ error: { code: "unavailable" } });
    keychain.broken = false;
    expect(await secrets.remove({ accountId: ACCOUNT_ID })).toEqual(ok({}));
    expect(await secrets.get({ accountId: ACCOUNT_ID })).toEqual(ok(null));
  });

  it("does not make a second key when the keychain has lost its secret", async () => {
    const keychain = memoryKeychain();
    const first = keeper(keychain);
    await first.vault.open();
    keychain.kept.clear();
    const second = keeper(keychain);
    await second.vault.open();
    expect(second.keys).toEqual([]);
    expect(second.vault.state().state).toBe("failed");
    expect(second.vault.state().message.length).toBeGreaterThan(20);
  });
});

describe("without a keychain", () => {
  async function locked() {
    const broken = memoryKeychain();
    broken.broken = true;
    const first = keeper(broken);
    await first.vault.open();
    return { broken, first };
  }

  it("says why it asks for a passcode, and opens with the same one only", async () => {
    const { broken, first } = await locked();
    expect(first.vault.state()).toMatchObject({ state: "choose-passcode" });
    expect(first.vault.state().message.length).toBeGreaterThan(10);
    expect(await first.vault.unlock("long enough")).toEqual(ok({}));

    const second = keeper(broken);
    await second.vault.open();
    expect(second.vault.state().state).toBe("needs-passcode");
    expect(second.keys).toEqual([]);
    expect(await second.vault.unlock("long enougH")).toMatchObject({ error: { code: "wrong-passcode" } });
    expect(second.vault.state().state).toBe("needs-passcode");
    expect(await second.vault.unlock("long enough")).toEqual(ok({}));
    expect(second.keys).toEqual(first.keys);
    expect(await second.vault.unlock("anything at all")).toEqual(ok({}));
    expect(second.keys).toHaveLength(1);
  });

  it("takes no passcode before it has looked", async () => {
    const { vault } = keeper(memoryKeychain());
    expect(await vault.unlock("long enough")).toMatchObject({ error: { code: "failed" } });
  });
});

describe("an engine that cannot open the store", () => {
  it("is told in its own words until one can", async () => {
    const { vault, changes } = keeper(memoryKeychain());
    await vault.open();
    vault.engineState({ failed: "The mail file is damaged." });
    expect(vault.state()).toEqual({ state: "failed", message: "The mail file is damaged." });
    expect(changes()).toBe(2);
    vault.engineState("restarting");
    expect(vault.state().state).toBe("ready");
    vault.engineState("ready");
    expect(changes()).toBe(3);
  });
});
