import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { onTestFinished } from "vitest";
import {
  type Keychain,
  KeychainError,
  type OpenVault,
  type VaultState,
} from "../../../electron/vault/api.ts";
import type { Cost } from "../../../electron/vault/passcode.ts";
import { AccountIdSchema } from "../../../shared/model/ids.ts";

export const ACCOUNT = v.parse(AccountIdSchema, "11111111-1111-4111-8111-111111111111");
export const OTHER = v.parse(AccountIdSchema, "22222222-2222-4222-8222-222222222222");

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "bulkhead-vault-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A keychain in memory; `broken` makes it refuse, `forgetful` makes it lose what it is given. */
export interface MemoryKeychain extends Keychain {
  readonly entries: Map<string, string>;
  broken: string | null;
  forgetful: boolean;
}

export function memoryKeychain(): MemoryKeychain {
  const entries = new Map<string, string>();
  const keychain: MemoryKeychain = {
    entries,
    broken: null,
    forgetful: false,
    async get(name) {
      if (keychain.broken !== null) throw new KeychainError(keychain.broken);
      return entries.get(name) ?? null;
    },
    async set(name, value) {
      if (keychain.broken !== null) throw new KeychainError(keychain.broken);
      if (!keychain.forgetful) entries.set(name, value);
    },
    async delete(name) {
      if (keychain.broken !== null) throw new KeychainError(keychain.broken);
      entries.delete(name);
    },
  };
  return keychain;
}

/** The smallest cost that is allowed, so that tests do not measure. */
export async function cheap(): Promise<Cost> {
  return { kdf: "scrypt", logN: 16, r: 8, p: 1, salt: Buffer.alloc(32, 3).toString("base64") };
}

export function ready(vault: VaultState | { state: "wrong-passcode" }): OpenVault {
  if (vault.state !== "ready") throw new Error(`the vault is ${vault.state}`);
  return vault;
}

export function hex(vault: OpenVault): string {
  return Buffer.from(vault.keys.databaseKey()).toString("hex");
}
