import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const command = fileURLToPath(new URL("../../scripts/inspect.mjs", import.meta.url));

function inspectHtml(args: readonly string[], bodies: readonly string[]) {
  return new Promise<unknown[]>((done, failed) => {
    const child = spawn(process.execPath, [command, "html", "--lines", ...args], { stdio: "pipe" });
    let out = "";
    let words = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      words += chunk;
    });
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0)
        done(
          out
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line)),
        );
      else failed(new Error(`exit ${code}: ${words}`));
    });
    child.stdin.end(bodies.map((body) => Buffer.from(body).toString("base64")).join("\n"));
  });
}

const quiet = { requests: [], dialogs: 0, navigations: 0, scripts: 0 };

it("shows hostile mail in the real frame: nothing runs, nothing leaves, nothing moves", async () => {
  const hostile = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'>",
    "<style>@import 'https://evil.test/x.css';</style><link rel=stylesheet href=https://evil.test/y.css>",
    "<iframe src=https://evil.test></iframe><object data=https://evil.test></object>",
    "<svg><script>alert(1)</script><image href='https://evil.test/a.png'/></svg>",
    "<img src='https://evil.test/tracker.png' width=200 height=100>",
    "<form action=https://evil.test><input autofocus onfocus=alert(1)></form>",
    "<video src=https://evil.test/v.mp4 autoplay poster=https://evil.test/p.png></video>",
  ];
  const reports = await inspectHtml([], hostile);
  expect(reports).toHaveLength(hostile.length);
  for (const report of reports) {
    expect(report).toMatchObject(quiet);
    expect(Object(report).html).not.toMatch(/script|alert|evil\.test\/(?:x|y|v|p)|<iframe|<object|<form/i);
  }
});

it("lets pictures through the product's own gate when the reader asked, and writes them down", async () => {
  const reports = await inspectHtml(
    ["--pictures", "on"],
    ['<img src="https://a.test/1.png" width=200 height=100>', "plain"],
  );
  expect(reports).toMatchObject([
    { ...quiet, requests: [{ url: "https://a.test/1.png", type: "image", allowed: true }] },
    { ...quiet, html: "<div>plain</div>" },
  ]);
});
