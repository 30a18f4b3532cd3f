// npm run -s inspect -- COMMAND: what the product makes of one thing, as JSON on standard output.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/inspect/main.ts", process.argv.slice(2));
