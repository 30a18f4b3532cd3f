// npm start, in the Electron runtime's Node: builds and runs the app with the caller's own profile and keychain.
import { build } from "../build.mjs";
import { startSession } from "../desktop/session.ts";
import { stageApp, stageElectron } from "../desktop/stage.ts";
import { ordinaryUser } from "../desktop/user.ts";
import { root } from "../setup.mjs";
import { appEnvironment, hasDisplay, NO_DISPLAY, runApp } from "./launch.ts";

process.exitCode = await start();

async function start(): Promise<number> {
  if (!hasDisplay()) {
    console.error(NO_DISPLAY);
    return 1;
  }
  await build();
  const more = process.argv.slice(2);
  const user = process.platform === "linux" ? ordinaryUser() : null;
  if (!user) return await runApp(process.execPath, [root, ...more], appEnvironment());
  console.error(
    `You are root, and an app run by root has no sandbox: it runs as ${user.name}, with the profile in ${user.home} ` +
      "and a keychain that nothing protects. For mail of your own, start it as yourself.",
  );
  const session = await startSession({
    electron: stageElectron(process.execPath),
    screen: null,
    home: user.home,
  });
  try {
    return await runApp(session.launcher, [stageApp(`${session.folder}/app`), ...more], appEnvironment());
  } finally {
    await session.stop();
  }
}
