import { existsSync } from "node:fs";
import { SetupError, say, step } from "./progress.mjs";
import { lastLines, run } from "./run.mjs";

/** What Electron itself links to. */
const RUNTIME = [
  "libnss3",
  "libatk1.0-0",
  "libatk-bridge2.0-0",
  "libcups2",
  "libdrm2",
  "libgtk-3-0",
  "libgbm1",
  "libasound2",
  "libxcomposite1",
  "libxdamage1",
  "libxrandr2",
  "libxkbcommon0",
  "libsecret-1-0",
];
/** A desktop session without a screen: display, message bus, keychain, and letters of the scripts that mail has. */
const DESKTOP = ["xvfb", "xauth", "dbus", "gnome-keyring", "fonts-dejavu-core", "fonts-droid-fallback"];

/** Newer releases renamed some libraries when time became 64 bits wide. */
const SUFFIX = "t64";

/**
 * Installs the Debian packages that are missing. Elsewhere than on a Debian-like Linux it does nothing;
 * without root it names the command to run.
 */
export async function ensureSystemPackages() {
  if (process.platform !== "linux") return;
  if (!existsSync("/etc/debian_version")) {
    if (!existsSync("/usr/bin/Xvfb") || !existsSync("/usr/bin/dbus-run-session")) {
      say(
        "this Linux is not Debian-like: please install Electron's libraries (NSS, GTK 3, GBM, ALSA, libsecret) " +
          "and, for the tests, Xvfb, D-Bus and gnome-keyring with its own package manager",
      );
    }
    return;
  }
  const missing = await missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `these packages are missing and only root can install them:\n` +
        `  sudo apt-get install -y --no-install-recommends ${missing.join(" ")}`,
    );
  }
  await step(`Debian packages: ${missing.join(" ")}`, async () => {
    let last = await install(missing);
    if (last.code !== 0) {
      await run("apt-get", ["update"], { env: { DEBIAN_FRONTEND: "noninteractive" } });
      last = await install(await namesHere(missing));
    }
    if (last.code !== 0) throw new SetupError(`apt-get failed:\n${lastLines(last.errors)}`);
  });
}

/** @returns {Promise<string[]>} */
async function missingPackages() {
  const wanted = [...RUNTIME, ...DESKTOP];
  const answer = await run("dpkg-query", ["-s", ...wanted, ...RUNTIME.map((name) => name + SUFFIX)]);
  const installed = installedPackages(answer.output);
  return wanted.filter((name) => !installed.has(name) && !installed.has(name + SUFFIX));
}

/** @param {string} paragraphs as `dpkg-query -s` writes them: one per package, `Field: value` lines */
export function installedPackages(paragraphs) {
  const installed = new Set();
  for (const paragraph of paragraphs.split(/\n\n/)) {
    const name = /^Package: (.+)$/m.exec(paragraph)?.[1];
    if (name && /^Status: \S+ \S+ installed$/m.test(paragraph)) installed.add(name);
  }
  return installed;
}

/** @param {readonly string[]} names */
function install(names) {
  return run("apt-get", ["install", "-y", "--no-install-recommends", ...names], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
}

/** @param {readonly string[]} names @returns {Promise<string[]>} under the names of this release */
async function namesHere(names) {
  const known = await run("apt-cache", ["pkgnames"]);
  const all = new Set(known.output.split("\n"));
  return names.map((name) => (all.has(name + SUFFIX) ? name + SUFFIX : name));
}
