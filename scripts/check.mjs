// npm run check: types, format and lint, the import rule and the project's other rules. Errors only.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/check/run.ts", process.argv.slice(2));
