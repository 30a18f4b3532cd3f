import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { CostSchema } from "./passcode.ts";
import { SealedSchema } from "./seal.ts";

const FORMAT = "bulkhead-mail vault";
const VERSION = 1;
const MAX_BYTES = 1024 * 1024;

/**
 * The vault's file. `key` is the store's key, sealed with the keychain's secret or the passcode's key;
 * `secrets` are account passwords by account id, sealed with a key derived from the store's.
 */
const VaultFileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** Names the secret in the keychain, so that profiles do not overwrite each other's. */
  id: v.pipe(v.string(), v.uuid()),
  wrap: v.variant("by", [
    v.object({ by: v.literal("keychain") }),
    v.object({ by: v.literal("passcode"), cost: CostSchema }),
  ]),
  key: SealedSchema,
  secrets: v.record(v.pipe(v.string(), v.maxLength(64)), SealedSchema),
});
export type VaultFile = v.InferOutput<typeof VaultFileSchema>;

const HeadSchema = v.object({ format: v.literal(FORMAT), version: v.number() });

export type ReadOutcome =
  | { readonly kind: "file"; readonly file: VaultFile }
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly message: string };

/** What the key is sealed for: everything that says how it is wrapped is authenticated with it. */
export function keyPurpose(file: Pick<VaultFile, "id" | "wrap">): string {
  return JSON.stringify([FORMAT, VERSION, "store key", file.id, file.wrap]);
}

export function secretPurpose(file: Pick<VaultFile, "id">, name: string): string {
  return JSON.stringify([FORMAT, VERSION, "account secret", file.id, name]);
}

export function newFile(parts: Pick<VaultFile, "id" | "wrap" | "key">): VaultFile {
  return { format: FORMAT, version: VERSION, ...parts, secrets: {} };
}

function vaultPath(dir: string): string {
  return join(dir, "vault.json");
}

/** Reads and checks the file; never changes it. */
export async function readVaultFile(dir: string): Promise<ReadOutcome> {
  const damaged: ReadOutcome = {
    kind: "unreadable",
    message: "The file that holds the key of the mail store (vault.json) is damaged. Nothing was changed.",
  };
  let text: string;
  try {
    if ((await stat(vaultPath(dir))).size > MAX_BYTES) return damaged;
    text = await readFile(vaultPath(dir), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { kind: "none" };
    return { kind: "unreadable", message: `The vault's file cannot be read (${codeOf(error)}).` };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return damaged;
  }
  const parsed = v.safeParse(VaultFileSchema, json);
  if (parsed.success) return { kind: "file", file: parsed.output };
  const head = v.safeParse(HeadSchema, json);
  if (head.success && head.output.version > VERSION)
    return {
      kind: "unreadable",
      message: "The vault was written by a newer version of Bulkhead Mail. Install that version to open it.",
    };
  return damaged;
}

/** Replaces the file as a whole: after a crash or power cut there is the old one or the new one. */
export async function writeVaultFile(dir: string, file: VaultFile): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const next = `${vaultPath(dir)}.new`;
  await rm(next, { force: true });
  const handle = await open(next, "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, vaultPath(dir));
  await syncFolder(dir);
}

/** Makes the rename itself durable. Windows cannot open folders, and needs no such call. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(dir, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
