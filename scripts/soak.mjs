// npm run soak -- NAME [arguments]: a test that takes longer than `npm test` may.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/frame/soak.ts", process.argv.slice(2));
