import type { Input, WebContents } from "electron";

export interface FrameKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key as the window's own key handling knows it; null for what is no key press. */
export function frameKey(input: Input): FrameKey | null {
  if (input.type !== "keyDown" || input.isComposing || input.isAutoRepeat) return null;
  return {
    key: input.key,
    ctrlKey: input.control,
    metaKey: input.meta,
    altKey: input.alt,
    shiftKey: input.shift,
  };
}

/**
 * Tells the window about keys pressed while the message frame holds the focus: the frame has no scripts, so
 * without this a click into a mail would switch the keyboard off.
 */
export function forwardFrameKeys(contents: WebContents, onKey: (key: FrameKey) => void): void {
  contents.on("before-input-event", (_event, input) => {
    const frame = contents.focusedFrame;
    const key = frame === null || frame === contents.mainFrame ? null : frameKey(input);
    if (key !== null) onKey(key);
  });
}
