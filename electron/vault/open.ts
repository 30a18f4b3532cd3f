import { randomBytes, randomUUID } from "node:crypto";
import {
  type FailedVault,
  type Keychain,
  KeychainError,
  type OpenVault,
  type Secrets,
  type VaultOptions,
  type VaultState,
} from "./api.ts";
import { keyPurpose, newFile, readVaultFile, type VaultFile, writeVaultFile } from "./file.ts";
import { newCost, passcodeKey } from "./passcode.ts";
import { KEY_BYTES, seal, unseal } from "./seal.ts";
import { fileSecrets, keychainSecrets } from "./secrets.ts";

/**
 * Opens the vault in `dir`, or makes one. An existing vault is never replaced: when its key cannot be
 * had, the answer says so and everything stays as it is.
 */
export async function openVault({ dir, keychain, cost = newCost }: VaultOptions): Promise<VaultState> {
  const read = await readVaultFile(dir);
  if (read.kind === "unreadable") return failed(read.message);
  if (read.kind === "none") return firstStart(dir, keychain, cost);
  const { file } = read;
  if (file.wrap.by === "keychain") return withKeychain(file, keychain);
  const { cost: stored } = file.wrap;
  return {
    state: "needs-passcode",
    async unlock(passcode) {
      const key = unseal(await passcodeKey(passcode, stored), keyPurpose(file), file.key);
      if (key === null) return { state: "wrong-passcode" };
      return ready(key, (storeKey) => fileSecrets(dir, file, storeKey));
    },
  };
}

async function firstStart(
  dir: string,
  keychain: Keychain,
  cost: NonNullable<VaultOptions["cost"]>,
): Promise<VaultState> {
  const id = randomUUID();
  const secret = randomBytes(KEY_BYTES).toString("base64");
  try {
    await keychain.set(secretName(id), secret);
    // Some keychains take a secret and lose it; that must not be found out at the next start.
    if ((await keychain.get(secretName(id))) !== secret)
      throw new KeychainError("the keychain did not keep what was given to it");
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error;
    return {
      state: "choose-passcode",
      reason: `The system's keychain cannot be used: ${error.reason}. Choose a passcode to protect your mail.`,
      create: (passcode) => createWithPasscode(dir, passcode, cost),
    };
  }
  const key = randomBytes(KEY_BYTES);
  const wrap = { by: "keychain" } as const;
  const sealed = seal(Buffer.from(secret, "base64"), keyPurpose({ id, wrap }), key);
  return keep(dir, newFile({ id, wrap, key: sealed }), key, () => keychainSecrets(keychain));
}

async function createWithPasscode(
  dir: string,
  passcode: string,
  cost: NonNullable<VaultOptions["cost"]>,
): Promise<OpenVault | FailedVault> {
  const id = randomUUID();
  const wrap = { by: "passcode", cost: await cost() } as const;
  const key = randomBytes(KEY_BYTES);
  const sealed = seal(await passcodeKey(passcode, wrap.cost), keyPurpose({ id, wrap }), key);
  const file = newFile({ id, wrap, key: sealed });
  return keep(dir, file, key, (storeKey) => fileSecrets(dir, file, storeKey));
}

/** Writes a new vault's file and opens it. */
async function keep(
  dir: string,
  file: VaultFile,
  key: Buffer,
  secrets: (storeKey: () => Uint8Array) => Secrets,
): Promise<OpenVault | FailedVault> {
  if ((await readVaultFile(dir)).kind !== "none")
    return failed("Another copy of Bulkhead Mail has just made a vault here. Start again to use it.");
  try {
    await writeVaultFile(dir, file);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed(`The vault's file cannot be written: ${detail}`);
  }
  return ready(key, secrets);
}

async function withKeychain(file: VaultFile, keychain: Keychain): Promise<OpenVault | FailedVault> {
  let secret: string | null;
  try {
    secret = await keychain.get(secretName(file.id));
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error;
    return failed(
      `The key of the mail store is in the system's keychain, which cannot be used: ${error.reason}. Unlock the keychain and start again. Nothing was changed.`,
    );
  }
  if (secret === null)
    return failed(
      "The system's keychain no longer has the secret that opens the mail store. Restore the keychain it was made with. Nothing was changed.",
    );
  const wrapping = Buffer.from(secret, "base64");
  const key = wrapping.byteLength === KEY_BYTES ? unseal(wrapping, keyPurpose(file), file.key) : null;
  if (key === null)
    return failed(
      "The secret in the system's keychain does not open the mail store: the keychain's entry or vault.json was changed. Nothing was changed now.",
    );
  return ready(key, () => keychainSecrets(keychain));
}

function secretName(id: string): string {
  return `vault:${id}`;
}

function ready(key: Buffer, makeSecrets: (storeKey: () => Uint8Array) => Secrets): OpenVault {
  let open = true;
  const databaseKey = () => {
    if (!open) throw new Error("the vault is closed");
    return key;
  };
  return {
    state: "ready",
    keys: { databaseKey },
    secrets: makeSecrets(databaseKey),
    close() {
      open = false;
      key.fill(0);
    },
  };
}

function failed(message: string): FailedVault {
  return { state: "failed", message };
}
