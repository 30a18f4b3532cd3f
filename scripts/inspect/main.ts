import { once } from "node:events";
import { COMMANDS } from "./commands.ts";
import { runInspect } from "./frame.ts";

// A reader that has seen enough closes the pipe: no fault of ours.
process.stdout.on("error", (problem: NodeJS.ErrnoException) =>
  process.exit(problem.code === "EPIPE" ? 0 : 1),
);

process.exitCode = await runInspect(process.argv.slice(2), COMMANDS, {
  input: process.stdin,
  write: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  },
  complain: (words) => process.stderr.write(`${words}\n`),
});
