import { useMemo } from "react";
import type { CleanBody } from "../content/index.ts";
import { type FrameLook, frameDocument, isPaperInDark } from "./frame-document.ts";
import "./message-frame.css";

interface MessageFrameProps extends FrameLook {
  readonly body: CleanBody;
  /** Says whose message it is, for a screen reader's list of frames. */
  readonly title: string;
}

/** Shows a cleaned body in a frame that can neither run nor load anything. */
export function MessageFrame({ body, dark, inset, title }: MessageFrameProps) {
  const source = useMemo(() => frameDocument(body, { dark, inset }), [body, dark, inset]);
  const paper = isPaperInDark(body, { dark, inset });
  return (
    <iframe
      // A changed page is a new frame: no history, and nothing of the old message under the new one.
      key={source}
      className="bh-message-frame"
      data-paper={paper || undefined}
      data-scheme={dark && !paper ? "dark" : "light"}
      title={title}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={source}
    />
  );
}
