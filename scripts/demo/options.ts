import { parseArgs } from "node:util";

export interface DemoOptions {
  /** Save the window as a PNG file under this name when the inbox is filled, then end. */
  readonly screenshot: string | null;
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number;
}

export const USAGE =
  "usage: npm run demo -- [--screenshot FILE] [--theme light|dark] [--size WIDTHxHEIGHT]\n" +
  "  --screenshot  save what a person would see when the inbox is filled, and end\n" +
  "  --size        of the window in a screenshot, 640x480 to 3840x2160; 1440x900 when not given";

/** Reads the demo's command line. A string in place of options says what is wrong with it. */
export function parseDemoOptions(args: readonly string[]): DemoOptions | string {
  let values: { screenshot?: string | undefined; theme?: string | undefined; size?: string | undefined };
  try {
    values = parseArgs({
      args: [...args],
      options: { screenshot: { type: "string" }, theme: { type: "string" }, size: { type: "string" } },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const theme = values.theme ?? "light";
  if (theme !== "light" && theme !== "dark") return `--theme is light or dark, not ${theme}`;
  const [, width = 0, height = 0] = (/^(\d{3,4})x(\d{3,4})$/.exec(values.size ?? "1440x900") ?? []).map(
    Number,
  );
  if (width < 640 || width > 3840 || height < 480 || height > 2160) {
    return "--size is WIDTHxHEIGHT, from 640x480 to 3840x2160";
  }
  return { screenshot: values.screenshot ?? null, theme, width, height };
}
