// npm test: set-up, build, every test; `npm test -- NAME` for the files whose path contains NAME.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/test/run.ts", process.argv.slice(2));
