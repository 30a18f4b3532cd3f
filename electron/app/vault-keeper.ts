import { err, ok, type Result } from "../../shared/base/result.ts";
import type { app } from "../../shared/contract/app.ts";
import type { CallError, CallOut } from "../../shared/contract/define.ts";
import type { Handlers } from "../../shared/contract/dispatch.ts";
import type { keeperContract } from "../../shared/contract/index.ts";
import type { Keychain, OpenVault, VaultState } from "../vault/api.ts";
import { openVault } from "../vault/open.ts";

type VaultView = CallOut<typeof app.vault>;

export interface VaultKeeper {
  open(): Promise<void>;
  state(): VaultView;
  unlock(passcode: string): Promise<Result<Record<string, never>, CallError<"wrong-passcode" | "failed">>>;
  engineState(state: "ready" | "restarting" | { readonly failed: string }): void;
  readonly secrets: Handlers<typeof keeperContract>;
}

const UNAVAILABLE = "The keychain did not answer.";

/** Holds the vault for main: opens it at start, takes the passcode, hands the key to `onKey` once. */
export function createVaultKeeper(options: {
  readonly profileDir: string;
  readonly keychain: Keychain;
  readonly onChange: () => void;
  readonly onKey: (databaseKey: Uint8Array) => void;
}): VaultKeeper {
  let vault: VaultState | null = null;
  let engineFailure: string | null = null;

  const become = (next: VaultState) => {
    vault = next;
    if (next.state === "ready") options.onKey(next.keys.databaseKey());
    options.onChange();
  };
  const ready = (): OpenVault | null => (vault?.state === "ready" ? vault : null);
  const unavailable = err({ code: "unavailable" as const, message: UNAVAILABLE });
  /** Runs one keychain access; its failure is an answer, not a crash. */
  const withSecrets = async <T>(use: (secrets: OpenVault["secrets"]) => Promise<T>) => {
    const secrets = ready()?.secrets;
    if (secrets === undefined) return unavailable;
    try {
      return ok(await use(secrets));
    } catch {
      return unavailable;
    }
  };

  return {
    async open() {
      become(await openVault({ dir: options.profileDir, keychain: options.keychain }));
    },
    state() {
      if (engineFailure !== null) return { state: "failed", message: engineFailure };
      if (vault === null) return { state: "opening", message: "" };
      if (vault.state === "failed") return { state: "failed", message: vault.message };
      return { state: vault.state, message: vault.state === "choose-passcode" ? vault.reason : "" };
    },
    async unlock(passcode) {
      if (vault?.state === "ready") return ok({});
      if (vault?.state !== "needs-passcode" && vault?.state !== "choose-passcode") {
        return err({ code: "failed", message: "The vault is not waiting for a passcode." });
      }
      const next =
        vault.state === "needs-passcode" ? await vault.unlock(passcode) : await vault.create(passcode);
      if (next.state === "wrong-passcode") {
        return err({ code: "wrong-passcode", message: "That is not the passcode." });
      }
      become(next);
      return next.state === "ready" ? ok({}) : err({ code: "failed", message: next.message });
    },
    engineState(state) {
      const failure = typeof state === "object" ? state.failed : null;
      if (failure === engineFailure) return;
      engineFailure = failure;
      options.onChange();
    },
    secrets: {
      secrets: {
        get: ({ accountId }) => withSecrets((secrets) => secrets.get(accountId)),
        set: ({ accountId, value }) =>
          withSecrets((secrets) => secrets.set(accountId, value).then(() => ({}))),
        remove: ({ accountId }) => withSecrets((secrets) => secrets.delete(accountId).then(() => ({}))),
      },
    },
  };
}
