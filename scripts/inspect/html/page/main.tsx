import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { cleanHtml } from "../../../../renderer/content/index.ts";
import { MessageFrame } from "../../../../renderer/message-frame/MessageFrame.tsx";
import type { Shown, ShowRequest } from "../shown.ts";

/** How long a message may take to load, and how long it is watched after that, in milliseconds. */
const LOAD_MS = 5_000;
const WATCH_MS = 20;

const place = document.getElementById("root");
if (place === null) throw new Error("The page has no place for the frame");
const root = createRoot(place);

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Cleans a body and shows it in the message frame, as the reader does. */
async function show({ html, pictures, messageId }: ShowRequest): Promise<Shown> {
  const body = cleanHtml(html, { messageId, pictures, dark: false });
  flushSync(() => {
    root.render(<MessageFrame key={messageId} body={body} dark={false} inset={20} title="message" />);
  });
  const frame = document.querySelector("iframe");
  const loaded = new Promise<void>((done) => frame?.addEventListener("load", () => done(), { once: true }));
  await Promise.race([loaded, pause(LOAD_MS)]);
  await pause(WATCH_MS);
  const { css, links, remotePictures, trackers, note } = body;
  return { html: body.html, css, links, remotePictures, trackers, note };
}

Object.assign(window, { show });
