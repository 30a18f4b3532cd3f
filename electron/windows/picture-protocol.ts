import type { Protocol } from "electron";
import { type PictureRequest, readPictureUrl } from "./picture-url.ts";

/** Serves pictures in mail through `load`, which answers null for what may not be shown. */
export function servePictures(
  target: Protocol,
  load: (request: PictureRequest) => Promise<{ readonly type: string; readonly bytes: Uint8Array } | null>,
): void {
  target.handle("bulkhead-picture", async (request) => {
    const wanted = request.method === "GET" ? readPictureUrl(request.url) : null;
    const picture = wanted === null ? null : await load(wanted);
    if (picture === null) return new Response("", { status: 404 });
    return new Response(new Uint8Array(picture.bytes), {
      headers: {
        "content-type": picture.type,
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "no-store",
      },
    });
  });
}
