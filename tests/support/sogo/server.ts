import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe } from "vitest";

const FOLDER = fileURLToPath(new URL("../../../../shared/servers/sogo", import.meta.url));
/** Its default ports; see the README beside the server. */
const HOST = "127.0.0.1";
const PORTS = { http: 28000, https: 28443, imap: 28143 };

/** A SOGo server on loopback, whose users alice, bob and carol have the passwords secret-NAME. */
export interface Sogo {
  readonly host: string;
  readonly ports: typeof PORTS;
  /** The file of the authority that signed its certificate. */
  readonly authority: string;
  /** Ends it, unless it ran before. */
  release(): Promise<void>;
}

/** A suite that needs the real server: skipped where it is not beside the repository, or the caller is not root. */
export function describeWithSogo(name: string, tests: () => void): void {
  describe.skipIf(!existsSync(`${FOLDER}/up`) || process.getuid?.() !== 0)(name, tests);
}

export async function useSogo(): Promise<Sogo> {
  const run = promisify(execFile);
  const { stdout } = await run(`${FOLDER}/up`, { timeout: 600_000 });
  const state = /^STATE\s+(\S+)/m.exec(stdout)?.[1];
  if (state === undefined) throw new Error(`SOGo did not say where its files are:\n${stdout}`);
  const ranBefore = stdout.includes("already up");
  return {
    host: HOST,
    ports: PORTS,
    authority: `${state}/tls/ca.crt`,
    release: async () => {
      if (!ranBefore) await run(`${FOLDER}/down`, { timeout: 120_000 });
    },
  };
}
