// npm run demo: set-up, build, the stand-in Exchange server, and the app on it with an account already set up.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/demo/run.ts", process.argv.slice(2));
