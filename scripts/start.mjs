// npm start: set-up, build, the app. Further arguments go to Electron.
import { runTool } from "./setup/tool.mjs";

await runTool("scripts/demo/start.ts", process.argv.slice(2));
