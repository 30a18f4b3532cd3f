import { execFileSync } from "node:child_process";

/** Who runs the app: the sandbox of the operating system works for ordinary users only. */
export interface OrdinaryUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

const NAME = "bulkhead-test";

/** The user that runs the app when root asks for it, made when missing; null when the caller is no root. */
export function ordinaryUser(): OrdinaryUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp();
  if (known) return known;
  execFileSync("useradd", ["--system", "--create-home", "--shell", "/bin/bash", NAME]);
  const made = lookUp();
  if (!made) throw new Error(`the user ${NAME} could not be made`);
  return made;
}

function lookUp(): OrdinaryUser | null {
  try {
    const fields = execFileSync("getent", ["passwd", NAME], { encoding: "utf8" }).trim().split(":");
    return { name: NAME, uid: Number(fields[2]), gid: Number(fields[3]), home: fields[5] ?? "/" };
  } catch {
    return null;
  }
}

/** The command line that runs a program as that user, in the same process: signals and exit codes pass. */
export function asUser(user: OrdinaryUser | null, command: readonly string[]): string[] {
  if (!user) return [...command];
  return ["setpriv", `--reuid=${user.uid}`, `--regid=${user.gid}`, "--init-groups", "--", ...command];
}
