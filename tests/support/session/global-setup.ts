import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startSession } from "../../../scripts/desktop/session.ts";
import { stageApp, stageElectron } from "../../../scripts/desktop/stage.ts";
import type { TestSession } from "./types.ts";

/** One desktop session and one staged copy of the built app for the whole end-to-end run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const session = await startSession({ electron: stageElectron(process.execPath), screen: "1600x1000" });
  const shared: TestSession = {
    folder: session.folder,
    launcher: session.launcher,
    bareLauncher: session.bareLauncher,
    holdStart: session.holdStart,
    nodeLauncher: session.nodeLauncher,
    appFolder: stageApp(join(session.folder, "app")),
    owner: session.user,
    env: { ...session.env },
  };
  project.provide("session", shared);
  // For tests that open a page of their own: the workers are started with this environment.
  if (session.env.DISPLAY) process.env.DISPLAY = session.env.DISPLAY;
  return session.stop;
}
