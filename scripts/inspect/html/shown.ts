/** What the page in the hidden window is asked to show. */
export interface ShowRequest {
  readonly html: string;
  readonly pictures: "off" | "on";
  /** Another number for each input, so that a late request cannot be taken for the next one's. */
  readonly messageId: number;
}

/** What the cleaning made of it. */
export interface Shown {
  readonly html: string;
  readonly css: string;
  readonly links: readonly unknown[];
  readonly remotePictures: number;
  readonly trackers: number;
  readonly note: string | null;
}

/** One request that left the page or was stopped on its way. */
export interface Requested {
  readonly url: string;
  readonly type: string;
  readonly allowed: boolean;
}

/** The answer of `inspect html`. The three counts must be 0 for every input. */
export interface HtmlReport extends Shown {
  readonly requests: readonly Requested[];
  readonly dialogs: number;
  readonly navigations: number;
  readonly scripts: number;
}
