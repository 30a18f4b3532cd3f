import * as v from "valibot";
import { MessageIdSchema } from "../../shared/model/ids.ts";

export type PictureRequest =
  | { readonly kind: "remote"; readonly messageId: number; readonly url: string }
  | { readonly kind: "inline"; readonly messageId: number; readonly contentId: string };

/**
 * Reads `bulkhead-picture://remote/<address>?m=<message>` and
 * `bulkhead-picture://inline/<message>/<Content-ID>`; null for anything else.
 */
export function readPictureUrl(text: string): PictureRequest | null {
  try {
    const url = new URL(text);
    const parts = url.pathname.split("/").slice(1).map(decodeURIComponent);
    const messageId = v.safeParse(
      MessageIdSchema,
      Number(url.host === "inline" ? parts[0] : url.searchParams.get("m")),
    );
    if (!messageId.success) return null;
    if (url.host === "remote" && parts.length === 1 && parts[0] !== undefined) {
      return { kind: "remote", messageId: messageId.output, url: parts[0] };
    }
    if (url.host === "inline" && parts.length === 2 && parts[1] !== undefined) {
      return { kind: "inline", messageId: messageId.output, contentId: parts[1] };
    }
    return null;
  } catch {
    return null;
  }
}
