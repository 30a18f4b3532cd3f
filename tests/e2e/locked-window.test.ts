import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchApp, type RunningApp } from "./support/app.ts";

// What a page could try if hostile mail ever got code into it. Each attempt is made from inside the real window.
let running: RunningApp;
let home: string;
beforeAll(async () => {
  running = await launchApp();
  await running.window.waitForLoadState();
  home = running.window.url();
});
afterAll(() => running?.close());
beforeEach(() => expect(running.window.url()).toBe(home));

/** Runs code in the page as the page's own, under its own policy; answers with its result or error, in words. */
function attempt(code: () => unknown): Promise<string> {
  return running.window
    .evaluate(code)
    .then(String, (error: Error) => `refused: ${error.message.split("\n")[0]}`);
}

test("the window is served from an origin of its own, neither a file nor the web", () => {
  expect(new URL(home).protocol).toBe("bulkhead:");
});

describe("code", () => {
  test("from text does not run", async () => {
    // In a task of the page's own: what the debugger calls directly is exempt from the page's policy.
    const outcome = await attempt(
      () =>
        new Promise((resolve) => {
          setTimeout(() => {
            try {
              resolve(new Function("return 'ran'")());
            } catch (error) {
              resolve(error instanceof Error ? error.name : "refused");
            }
          });
        }),
    );
    expect(outcome).toBe("EvalError");
  });

  test("in the page's own markup does not run", async () => {
    const ran = await attempt(async () => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'owned'";
      document.body.append(script);
      const picture = document.createElement("div");
      picture.innerHTML = "<img src='data:,' onerror=\"document.title = 'owned'\">";
      document.body.append(picture);
      await new Promise((resolve) => setTimeout(resolve, 200));
      script.remove();
      picture.remove();
      return document.title;
    });
    expect(ran).not.toBe("owned");
  });

  test.each([
    "https://example.com/a.js",
    "data:text/javascript,document.title='owned'",
    "file:///etc/passwd",
  ])("from %s is not loaded", async (address) => {
    const outcome = await running.window.evaluate(
      (src) =>
        new Promise<string>((resolve) => {
          const script = document.createElement("script");
          script.onload = () => resolve("loaded");
          script.onerror = () => resolve("refused");
          script.src = src;
          document.body.append(script);
        }),
      address,
    );
    expect(outcome).toBe("refused");
  });
});

describe("the network", () => {
  test.each([
    "https://example.com/",
    "http://127.0.0.1:1/",
    "file:///etc/passwd",
    "bulkhead://app/index.html",
  ])("%s cannot be fetched", async (address) => {
    const outcome = await running.window.evaluate(
      (url) =>
        fetch(url).then(
          () => "answered",
          () => "refused",
        ),
      address,
    );
    expect(outcome).toBe("refused");
  });

  test("no WebSocket, no beacon", async () => {
    const socket = await attempt(
      () =>
        new Promise((resolve) => {
          const socket = new WebSocket("wss://example.com/");
          socket.onopen = () => resolve("open");
          socket.onerror = () => resolve("refused");
        }),
    );
    expect(socket).toContain("refused");
    expect(await attempt(() => new EventSource("https://example.com/").readyState)).not.toBe("1");
  });
});

describe("other places", () => {
  test("no window can be opened", async () => {
    expect(await attempt(() => window.open("https://example.com/"))).toBe("null");
    expect(running.app.windows()).toHaveLength(1);
  });

  test.each(["https://example.com/", "file:///etc/passwd", "data:text/html,x"])(
    "the window does not go to %s",
    async (address) => {
      await running.window.evaluate((url) => {
        const link = document.createElement("a");
        link.href = url;
        document.body.append(link);
        link.click();
        link.remove();
      }, address);
      await running.window.waitForTimeout(200);
      expect(running.window.url()).toBe(home);
    },
  );

  test("nothing can be framed but the app's own", async () => {
    await running.window.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.id = "hostile";
      frame.src = "https://example.com/";
      document.body.append(frame);
    });
    await running.window.waitForTimeout(200);
    const addresses = running.window.frames().map((frame) => frame.url());
    expect(addresses.filter((address) => address.startsWith("http"))).toEqual([]);
    await running.window.evaluate(() => document.getElementById("hostile")?.remove());
  });
});

describe("permissions", () => {
  test.each(["notifications", "geolocation", "camera", "microphone", "clipboard-read", "midi"])(
    "%s is denied",
    async (name) => {
      const state = await running.window.evaluate(
        (wanted) =>
          navigator.permissions.query({ name: wanted as PermissionName }).then(
            (status) => status.state,
            () => "denied",
          ),
        name,
      );
      expect(state).toBe("denied");
    },
  );

  test("asking for them is answered with no", async () => {
    expect(await attempt(() => Notification.requestPermission())).toBe("denied");
    expect(await attempt(() => navigator.mediaDevices.getUserMedia({ audio: true }))).toContain("refused: ");
    expect(await attempt(() => navigator.mediaDevices.getDisplayMedia())).toContain("refused: ");
  });
});
