import type { AccountId } from "../../shared/model/ids.ts";
import type { KeySource } from "../ports/keys.ts";
import type { Cost } from "./passcode.ts";

/** The OS keychain as the vault needs it. Every method rejects with `KeychainError` when it cannot be used. */
export interface Keychain {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /** Removing what is not there is no error. */
  delete(name: string): Promise<void>;
}

/** The keychain is missing, locked or refused; `reason` has no secret in it. */
export class KeychainError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`keychain: ${reason}`);
    this.reason = reason;
  }
}

/** Account passwords. They live in the keychain, or encrypted in the vault's file where there is none. */
export interface Secrets {
  get(accountId: AccountId): Promise<string | null>;
  set(accountId: AccountId, password: string): Promise<void>;
  delete(accountId: AccountId): Promise<void>;
}

export interface OpenVault {
  readonly state: "ready";
  readonly keys: KeySource;
  readonly secrets: Secrets;
  /** Overwrites the key in memory; using the vault afterwards is a bug and throws. */
  close(): void;
}

export interface FailedVault {
  readonly state: "failed";
  /** Words that can be shown. */
  readonly message: string;
}

export type VaultState =
  | OpenVault
  | FailedVault
  /** The key is wrapped by a passcode. A wrong one may be tried again; nothing is ever wiped. */
  | {
      readonly state: "needs-passcode";
      unlock(passcode: string): Promise<OpenVault | FailedVault | { readonly state: "wrong-passcode" }>;
    }
  /** First start with no usable keychain. `reason` says what is wrong with it, in words. */
  | {
      readonly state: "choose-passcode";
      readonly reason: string;
      create(passcode: string): Promise<OpenVault | FailedVault>;
    };

export interface VaultOptions {
  /** The folder of the vault's file; made when it is missing. */
  readonly dir: string;
  readonly keychain: Keychain;
  /** The cost of a new passcode; measured on this machine when absent. */
  readonly cost?: () => Promise<Cost>;
}
