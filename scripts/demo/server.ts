import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { safeParse } from "valibot";
import { type Demo, DemoSchema } from "../../shared/contract/control.ts";
import { root } from "../setup.mjs";

export interface DemoServer {
  readonly account: Demo;
  stop(): Promise<void>;
}

/**
 * Starts the stand-in Exchange server on loopback; answers when it has said how to reach it.
 *
 * @param args for its command line, see tests/fake-exchange/main.ts
 */
export async function startDemoServer(args: readonly string[] = []): Promise<DemoServer> {
  const main = join(root, "tests/fake-exchange/main.ts");
  // It ends with this process, however that ends.
  const child = spawn(process.execPath, [main, "--watch-stdin", ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const account = readAccount(line);
    if (account) {
      child.stdout.resume();
      return { account, stop };
    }
  }
  await stop();
  throw new Error("the demo server ended before it was ready");
}

/** The account in a line of the server's output; null when the line is about something else. */
export function readAccount(line: string): Demo | null {
  try {
    const parsed = safeParse(DemoSchema, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
