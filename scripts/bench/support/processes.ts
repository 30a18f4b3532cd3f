import { readdirSync, readFileSync } from "node:fs";

/** A process and all that it started, itself first (Linux: read from /proc). */
export function processTree(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? parentIn(read(name, "stat")) : null;
    if (parent !== null) parents.set(Number(name), parent);
  }
  return treeOf(pid, parents);
}

/** The members of a tree, given everybody's parent. */
export function treeOf(root: number, parents: ReadonlyMap<number, number>): number[] {
  const tree = [root];
  for (const member of tree) for (const [child, parent] of parents) if (parent === member) tree.push(child);
  return tree;
}

/** The parent in /proc/PID/stat: the second field after the name, which may itself hold blanks and brackets. */
export function parentIn(stat: string): number | null {
  const parent = Number.parseInt(
    stat
      .slice(stat.lastIndexOf(")") + 1)
      .trim()
      .split(" ")[1] ?? "",
    10,
  );
  return Number.isNaN(parent) ? null : parent;
}

/** What /proc/PID/smaps_rollup says of a process: its pages in bytes, shared ones divided among their users. */
export function pssIn(rollup: string): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) * 1024;
}

/** The memory of processes in bytes (PSS); one that has ended counts nothing. */
export function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + pssIn(read(String(pid), "smaps_rollup")), 0);
}

/** One line for each process: its memory and what it is, for a person who looks for where memory goes. */
export function describeProcesses(pids: readonly number[]): string {
  return pids
    .map((pid) => {
      // Chromium's own processes write blanks between the words of their command lines.
      const words = read(String(pid), "cmdline").split(/[\0 ]/);
      const kind = words.find((word) => word.startsWith("--type="))?.slice(7) ?? "main";
      const service = words.find((word) => word.startsWith("--utility-sub-type="))?.slice(19) ?? "";
      return `${(memoryOf([pid]) / 1e6).toFixed(1).padStart(8)} MB  ${kind} ${service}`.trimEnd();
    })
    .join("\n");
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
