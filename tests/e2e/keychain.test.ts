import { execFile } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, inject, test } from "vitest";
import type {} from "../support/session/types.ts";

const run = promisify(execFile);
const session = inject("session");
/** Beside the staged app, so that the native library is found; the checkout may be closed to its user. */
const place = join(session.appFolder, "keychain-test");

beforeAll(() => {
  cpSync("electron/vault", join(place, "electron/vault"), { recursive: true });
  writeFileSync(
    join(place, "try.ts"),
    `import { createKeychain } from "./electron/vault/keychain.ts";
    const keychain = createKeychain();
    const [, , access, name, value, bus] = process.argv;
    if (bus !== undefined) process.env.DBUS_SESSION_BUS_ADDRESS = bus;
    try {
      console.log(JSON.stringify({ answer: (await keychain[access](name, value)) ?? null }));
    } catch (error) {
      console.log(JSON.stringify({ kind: error.constructor.name, reason: error.reason }));
    }`,
  );
});

/** One access by a process of its own, so that nothing is remembered but by the keychain. */
async function access(...args: readonly string[]): Promise<unknown> {
  const { stdout } = await run(session.nodeLauncher, [join(place, "try.ts"), ...args]);
  return JSON.parse(stdout);
}

test("a secret outlives the process that wrote it, and is gone when it is deleted", async () => {
  const secret = "pass wörd\n\"with\" 'quotes' ✓";
  expect(await access("get", "account-1")).toEqual({ answer: null });
  expect(await access("set", "account-1", secret)).toEqual({ answer: null });
  expect(await access("get", "account-1")).toEqual({ answer: secret });
  expect(await access("get", "account-2")).toEqual({ answer: null });
  expect(await access("set", "account-1", "another")).toEqual({ answer: null });
  expect(await access("get", "account-1")).toEqual({ answer: "another" });
  expect(await access("delete", "account-1")).toEqual({ answer: null });
  expect(await access("get", "account-1")).toEqual({ answer: null });
});

test("deleting what is not there is no error", async () => {
  expect(await access("delete", "never-set")).toEqual({ answer: null });
});

test("without a message bus there is no keychain, and it says so in words", async () => {
  const nowhere = `unix:path=${join(session.folder, "no-such-bus")}`;
  expect(await access("get", "account-1", "", nowhere)).toEqual({
    kind: "KeychainError",
    reason: expect.stringMatching(/\S/),
  });
});
