// Runs in the Electron runtime's Node, after the set-up.
import { build } from "../build.mjs";
import { appEnvironment, hasDisplay, NO_DISPLAY, runApp, throwAwayPlace } from "./launch.ts";
import { parseDemoOptions, USAGE } from "./options.ts";
import { saveScreenshot } from "./screenshot.ts";
import { startDemoServer } from "./server.ts";

process.exitCode = await demo();

async function demo(): Promise<number> {
  const options = parseDemoOptions(process.argv.slice(2));
  if (typeof options === "string") {
    console.error(`${options}\n${USAGE}`);
    return 2;
  }
  const { screenshot } = options;
  if (screenshot === null && !hasDisplay()) {
    console.error(NO_DISPLAY);
    return 1;
  }
  console.error("demo: building the app");
  await build();
  console.error("demo: starting the stand-in Exchange server");
  const server = await startDemoServer(["--live"]);
  try {
    const screen = hasDisplay() ? null : `${options.width}x${options.height}`;
    const place = await throwAwayPlace(screen);
    try {
      const env = appEnvironment({ BULKHEAD_DEMO: JSON.stringify(server.account) });
      console.error(`demo: ${server.account.address} at ${server.account.url}`);
      if (screenshot === null) return await runApp(place.program, place.args, env);
      const filled = await saveScreenshot({ ...place, env }, screenshot, options);
      console.error(filled ? `demo: saved ${screenshot}` : `demo: the inbox did not fill; see ${screenshot}`);
      return filled ? 0 : 1;
    } finally {
      await place.leave();
    }
  } finally {
    await server.stop();
  }
}
