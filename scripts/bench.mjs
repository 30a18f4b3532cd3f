// npm run bench [-- NAME [--json]]: set-up, build, then figures of ours beside a peer's, from one run.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/frame/bench.ts", process.argv.slice(2));
