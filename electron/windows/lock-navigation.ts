import type { App, WebContents } from "electron";
import { APP_ORIGIN } from "./session-rules.ts";

function isAppPage(url: string): boolean {
  return url === `${APP_ORIGIN}/` || url.startsWith(`${APP_ORIGIN}/index.html`);
}

/**
 * No page of the app goes anywhere or opens anything, whatever it shows. A link followed inside the
 * message frame is stopped and told to `onLink`, so that the window can ask before it leaves the app.
 */
export function lockNavigation(app: App, onLink: (contents: WebContents, url: string) => void): void {
  app.on("web-contents-created", (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      onLink(contents, url);
      return { action: "deny" };
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.on("will-redirect", (event) => event.preventDefault());
    contents.on("will-frame-navigate", (event) => {
      if (event.isMainFrame) {
        if (!isAppPage(event.url)) event.preventDefault();
        return;
      }
      if (event.url === "about:srcdoc") return;
      event.preventDefault();
      onLink(contents, event.url);
    });
  });
}
