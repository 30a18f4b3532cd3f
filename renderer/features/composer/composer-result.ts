import type { DraftId } from "../../../shared/model/ids.ts";

/** What became of a draft when its form closed. */
export type ComposerResult =
  | { readonly kind: "sent"; readonly draftId: DraftId; readonly undoMs: number }
  | { readonly kind: "saved" }
  | { readonly kind: "discarded" };
