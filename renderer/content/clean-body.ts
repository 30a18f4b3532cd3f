import type { BodyLink } from "./links.ts";

/** How a body is to be cleaned. */
export interface CleanOptions {
  /** Names the message to the picture handler. */
  readonly messageId: number;
  /** `off`: placeholders; `on`: through the engine's gate; `keep`: as they are, for what is sent and not shown. */
  readonly pictures: "off" | "on" | "keep";
  /** Leave quoted originals open: in a quote everything is one. */
  readonly unfolded?: boolean;
  /** Adapt a simple mail's colours to the dark theme. */
  readonly dark: boolean;
}

/** A body that can be put into the message frame. */
export interface CleanBody {
  /** Markup for inside `<body>`. */
  readonly html: string;
  /** Text for one `<style>` element. */
  readonly css: string;
  /** Remote pictures found, shown or not; trackers not counted. */
  readonly remotePictures: number;
  /** Pictures of at most 2 by 2 pixels, which never load. */
  readonly trackers: number;
  readonly links: readonly BodyLink[];
  /** `designed` mails paint their own background and keep it in the dark theme. */
  readonly layout: "simple" | "designed";
  /** What the person should know about how the body is shown; null when nothing. */
  readonly note: string | null;
}
