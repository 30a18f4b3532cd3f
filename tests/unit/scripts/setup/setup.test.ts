import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withLock } from "../../../../scripts/setup/lock.mjs";
import { isInstalled } from "../../../../scripts/setup/npm-packages.mjs";
import { installedPackages } from "../../../../scripts/setup/system-packages.mjs";
import { fixtureFolder } from "../../../support/scripts/fixture-tree.ts";

describe("npm packages", () => {
  const lock = (packages: Record<string, object>) => JSON.stringify({ lockfileVersion: 3, packages });
  const wanted = {
    "": { name: "app" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/b": { version: "2.0.0", integrity: "sha512-b", optional: true },
  };
  const { "": _root, ...all } = wanted;

  test("are there when npm's own record names each of them", () => {
    expect(isInstalled(lock(wanted), lock(all))).toBe(true);
  });

  test("may lack what is optional, and have more than is wanted", () => {
    const { "node_modules/b": _left, ...present } = all;
    expect(isInstalled(lock(wanted), lock({ ...present, "node_modules/c": { version: "3.0.0" } }))).toBe(
      true,
    );
  });

  test("are not there when one is missing, another version, or never recorded", () => {
    const { "node_modules/a": _left, ...present } = all;
    expect(isInstalled(lock(wanted), lock(present))).toBe(false);
    expect(isInstalled(lock(wanted), lock({ ...all, "node_modules/a": { integrity: "sha512-x" } }))).toBe(
      false,
    );
    expect(isInstalled(lock(wanted), lock({ ...all, "node_modules/b": { integrity: "sha512-x" } }))).toBe(
      false,
    );
    expect(isInstalled(lock(wanted), "")).toBe(false);
  });
});

test("a Debian package is installed when it says so, not when only its settings are left", () => {
  const paragraphs = [
    "Package: xvfb\nStatus: install ok installed\nDescription: a display\n Package: fake",
    "Package: dbus\nStatus: deinstall ok config-files",
    "Package: libgtk-3-0t64\nStatus: hold ok installed",
    "Package: libnss3\nStatus: install ok half-configured",
  ];
  expect([...installedPackages(`${paragraphs.join("\n\n")}\n`)]).toEqual(["xvfb", "libgtk-3-0t64"]);
});

describe("the lock of the set-up", () => {
  test("is held while the work is done and gone after it, also after a failure", async () => {
    const file = join(fixtureFolder(), "deep/lock");
    expect(await withLock(file, async () => readFileSync(file, "utf8"))).toBe(String(process.pid));
    expect(existsSync(file)).toBe(false);
    await expect(withLock(file, () => Promise.reject(new Error("interrupted")))).rejects.toThrow(
      "interrupted",
    );
    expect(existsSync(file)).toBe(false);
  });

  test("left by a process that has died does not stand in the way", async () => {
    const file = join(fixtureFolder(), "lock");
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(file, String(pid));
    expect(await withLock(file, async () => "done")).toBe("done");
  });

  test("cut off while it was written stands in nobody's way either", async () => {
    const file = join(fixtureFolder(), "lock");
    writeFileSync(file, "");
    utimesSync(file, new Date(0), new Date(0));
    expect(await withLock(file, async () => "done")).toBe("done");
  });

  test("that cannot be written at all is an error, not a wait", async () => {
    const file = join(fixtureFolder(), "file");
    writeFileSync(file, "");
    await expect(withLock(join(file, "lock"), async () => "done")).rejects.toThrow();
  });

  test("lets one in after the other", async () => {
    const file = join(fixtureFolder(), "lock");
    const order: string[] = [];
    const work = (name: string) =>
      withLock(file, async () => {
        order.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} out`);
      });
    await Promise.all([work("a"), work("b")]);
    expect(order).toEqual(["a in", "a out", "b in", "b out"]);
  });
});
