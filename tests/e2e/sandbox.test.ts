import { afterAll, beforeAll, expect, test } from "vitest";
import { launchApp, type RunningApp } from "./support/app.ts";
import { commandLine, statusField } from "./support/processes.ts";

let running: RunningApp;
beforeAll(async () => {
  running = await launchApp();
});
afterAll(() => running.close());

const withType = (type: string) =>
  running.pids().filter((pid) => commandLine(pid).includes(`--type=${type}`));

test("no process of the app runs as root or without a sandbox switch of its own", () => {
  const all = running.pids();
  expect(all.length).toBeGreaterThan(3);
  for (const pid of all) {
    const user = statusField(pid, "Uid");
    if (user !== null) expect(Number(user.split("\t")[0])).toBeGreaterThan(0);
    expect(commandLine(pid)).not.toContain("--no-sandbox");
  }
});

test("every renderer is confined by a system call filter", () => {
  const renderers = withType("renderer");
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) {
    // 2: a filter is in force; 0 would be none (proc(5), Seccomp).
    expect(statusField(pid, "Seccomp")).toBe("2");
    expect(statusField(pid, "NoNewPrivs")).toBe("1");
  }
});

test("the window has neither Node nor Electron in reach", async () => {
  const names = ["require", "process", "module", "Buffer", "global", "electron"];
  const found = await running.window.evaluate((wanted) => wanted.filter((name) => name in globalThis), names);
  expect(found).toEqual([]);
});
