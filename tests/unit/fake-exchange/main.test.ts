import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../../fake-exchange/main.ts", import.meta.url));

/** Starts the process and waits for its line. */
async function run(...options: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, "--messages", "12", ...options], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    return { child, ended, said };
  }
  throw new Error("the process ended without a word");
}

describe("the server as a process", () => {
  it("says where it is, answers, and ends on SIGTERM", async () => {
    const { child, ended, said } = await run("--live");
    expect(said).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/Microsoft-Server-ActiveSync$/),
      address: "anna.lindqvist@halden.example",
      displayName: "Anna Lindqvist",
      userName: "anna",
      password: "demo",
    });
    const url = typeof said === "object" && said !== null && "url" in said ? String(said.url) : "";
    const login = Buffer.from("anna:demo").toString("base64");
    const answer = await fetch(url, { method: "OPTIONS", headers: { Authorization: `Basic ${login}` } });
    expect(answer.status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("ends with who started it, when told to watch", async () => {
    const { child, ended } = await run("--watch-stdin");
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
