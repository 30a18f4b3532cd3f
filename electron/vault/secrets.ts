import type { Keychain, Secrets } from "./api.ts";
import { secretPurpose, type VaultFile, writeVaultFile } from "./file.ts";
import { derivedKey, seal, unseal } from "./seal.ts";

/** Passwords in the OS keychain. */
export function keychainSecrets(keychain: Keychain): Secrets {
  const name = (accountId: string) => `account:${accountId}`;
  return {
    get: (accountId) => keychain.get(name(accountId)),
    set: (accountId, password) => keychain.set(name(accountId), password),
    delete: (accountId) => keychain.delete(name(accountId)),
  };
}

/** Passwords sealed in the vault's own file, where there is no keychain. Writes follow one another. */
export function fileSecrets(dir: string, file: VaultFile, storeKey: () => Uint8Array): Secrets {
  let current = file;
  let last: Promise<void> = Promise.resolve();

  function change(edit: (secrets: VaultFile["secrets"]) => VaultFile["secrets"]): Promise<void> {
    const write = async () => {
      const next = { ...current, secrets: edit(current.secrets) };
      await writeVaultFile(dir, next);
      current = next;
    };
    const done = last.then(write);
    last = done.catch(() => undefined);
    return done;
  }

  return {
    async get(accountId) {
      await last;
      const sealed = current.secrets[accountId];
      if (sealed === undefined) return null;
      const key = derivedKey(storeKey(), "account secrets");
      return unseal(key, secretPurpose(current, accountId), sealed)?.toString("utf8") ?? null;
    },
    set(accountId, password) {
      const key = derivedKey(storeKey(), "account secrets");
      const sealed = seal(key, secretPurpose(current, accountId), Buffer.from(password, "utf8"));
      return change((secrets) => ({ ...secrets, [accountId]: sealed }));
    },
    delete: (accountId) =>
      change((secrets) => Object.fromEntries(Object.entries(secrets).filter(([id]) => id !== accountId))),
  };
}
