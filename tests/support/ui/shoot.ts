import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { SCENE_NAMES } from "./scenes.ts";
import { serveHarness } from "./serve.ts";

/*
 * Pictures of the window's scenes: shoot.ts --browser FILE --out DIR [--scene NAME] [--theme dark]
 * [--size 1024x700] [--press "J Enter"]
 */
const { values } = parseArgs({
  options: {
    browser: { type: "string" },
    out: { type: "string", default: "out/shots" },
    scene: { type: "string", multiple: true },
    theme: { type: "string", default: "light" },
    size: { type: "string", default: "1440x900" },
    press: { type: "string", default: "" },
    name: { type: "string", default: "" },
  },
});
if (values.browser === undefined) throw new Error("--browser names the Chromium to use");
const [width = 1440, height = 900] = values.size.split("x").map(Number);
await mkdir(values.out, { recursive: true });
const { server, url } = await serveHarness();
const browser = await chromium.launch({ executablePath: values.browser, args: ["--no-sandbox"] });
try {
  for (const scene of values.scene ?? SCENE_NAMES) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: values.theme === "dark" ? "dark" : "light",
    });
    page.on("pageerror", (error) => console.error(scene, error.message));
    page.on("console", (message) => message.type() === "error" && console.error(scene, message.text()));
    await page.clock.setFixedTime(new Date(2026, 10, 17, 10, 42));
    await page.goto(`${url}?scene=${scene}`);
    await page.waitForSelector("#root *");
    await page.waitForTimeout(700);
    for (const key of values.press.split(" ").filter((part) => part !== "")) {
      await page.keyboard.press(key);
      await page.waitForTimeout(250);
    }
    const file = `${values.out}/${scene}${values.name}-${values.theme}-${width}.png`;
    await page.screenshot({ path: file });
    console.log(file);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
