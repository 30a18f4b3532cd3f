import { spawn } from "node:child_process";

/**
 * Runs a program to its end and keeps what it wrote.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string, errors: string }>} `code` is -1 when it could not start
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    child.on("error", (error) => resolve({ code: -1, output, errors: `${errors}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? -1, output, errors }));
  });
}

/**
 * Runs npm: the one that started this script where there is one, else the one on PATH.
 *
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return run(process.execPath, [script, ...args], options);
  if (process.platform === "win32") return run("cmd.exe", ["/d", "/s", "/c", "npm", ...args], options);
  return run("npm", args, options);
}

/** @param {string} text @returns {string} its last lines: where programs say why they failed */
export function lastLines(text) {
  return text.trim().split("\n").slice(-15).join("\n");
}
