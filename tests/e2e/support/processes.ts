import { readdirSync, readFileSync } from "node:fs";

/** A process and all that it started, itself first (Linux: read from /proc). */
export function processTree(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const child = Number(name);
    const parent = Number.isInteger(child) ? parentOf(child) : null;
    if (parent === null) continue;
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const tree = [pid];
  for (const member of tree) tree.push(...(children.get(member) ?? []));
  return tree;
}

/** The words of a process's command line; empty when it has ended. */
export function commandLine(pid: number): string {
  return readProc(pid, "cmdline")?.replaceAll("\0", " ").trim() ?? "";
}

/** A field of /proc/PID/status, such as `Seccomp` or `VmRSS`; null when the process has ended. */
export function statusField(pid: number, field: string): string | null {
  const lines = readProc(pid, "status")?.split("\n") ?? [];
  const line = lines.find((candidate) => candidate.startsWith(`${field}:`));
  return line ? line.slice(field.length + 1).trim() : null;
}

function parentOf(pid: number): number | null {
  const parent = statusField(pid, "PPid");
  return parent === null ? null : Number(parent);
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return null;
  }
}
