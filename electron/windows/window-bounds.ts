import { readFileSync, writeFile } from "node:fs";
import { join } from "node:path";
import { type BrowserWindow, screen } from "electron";
import * as v from "valibot";

const BoundsSchema = v.object({
  x: v.optional(v.pipe(v.number(), v.integer())),
  y: v.optional(v.pipe(v.number(), v.integer())),
  width: v.pipe(v.number(), v.integer(), v.minValue(720), v.maxValue(16_000)),
  height: v.pipe(v.number(), v.integer(), v.minValue(480), v.maxValue(16_000)),
});
export type Bounds = v.InferOutput<typeof BoundsSchema>;

const FALLBACK: Bounds = { width: 1280, height: 820 };

/** Where the window was, when that place is still on a screen. */
export function loadBounds(profileDir: string): Bounds {
  try {
    const parsed = v.safeParse(
      BoundsSchema,
      JSON.parse(readFileSync(join(profileDir, "window.json"), "utf8")),
    );
    if (!parsed.success) return FALLBACK;
    const { x, y, width, height } = parsed.output;
    if (x === undefined || y === undefined) return { width, height };
    const { workArea } = screen.getDisplayMatching({ x, y, width, height });
    const visible =
      x < workArea.x + workArea.width &&
      x + width > workArea.x &&
      y >= workArea.y &&
      y < workArea.y + workArea.height;
    return visible ? parsed.output : { width, height };
  } catch {
    return FALLBACK;
  }
}

/** Remembers where the person puts the window. A failed write only costs the memory of it. */
export function saveBoundsOf(window: BrowserWindow, profileDir: string): void {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
      writeFile(join(profileDir, "window.json"), JSON.stringify(window.getNormalBounds()), () => {});
    }, 500);
  };
  window.on("resize", later);
  window.on("move", later);
  window.on("closed", () => clearTimeout(timer));
}
