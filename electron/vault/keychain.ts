import { type Keychain, KeychainError } from "./api.ts";

const SERVICE = "Bulkhead Mail";
/** The system may ask the user to unlock the keychain; after this long nobody is going to. */
const TIMEOUT_MS = 120_000;

/** What is used of keytar; replaceable, so that its failures can be played. */
export interface Keytar {
  getPassword(service: string, name: string): Promise<string | null>;
  setPassword(service: string, name: string, value: string): Promise<void>;
  deletePassword(service: string, name: string): Promise<boolean>;
}

/**
 * The OS keychain: Credential Manager, Keychain, or the Secret Service. The native library is loaded when
 * it is first needed, because loading fails where the system's own library is missing.
 */
export function createKeychain(
  load: () => Promise<Keytar> = loadKeytar,
  timeoutMs: number = TIMEOUT_MS,
): Keychain {
  let loading: Promise<Keytar> | null = null;

  async function use<T>(access: (keytar: Keytar) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new KeychainError("the keychain did not answer")), timeoutMs);
    });
    try {
      loading ??= load();
      return await Promise.race([loading.then(access), tooLong]);
    } catch (error) {
      throw error instanceof KeychainError ? error : new KeychainError(reasonOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get: (name) => use((keytar) => keytar.getPassword(SERVICE, name)),
    set: (name, value) => use((keytar) => keytar.setPassword(SERVICE, name, value)),
    delete: (name) =>
      use(async (keytar) => {
        await keytar.deletePassword(SERVICE, name);
      }),
  };
}

async function loadKeytar(): Promise<Keytar> {
  const loaded = await import("@github/keytar");
  return loaded.default;
}

/** The system's words, made plain where they are known. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  if (/libsecret|cannot open shared object|native addon/i.test(words))
    return "the system's keychain library (libsecret) is missing";
  if (/d-?bus|ServiceUnknown|autolaunch|org\.freedesktop\.secrets/i.test(words))
    return "no keychain service (Secret Service) runs in this session";
  return words.slice(0, 200);
}
