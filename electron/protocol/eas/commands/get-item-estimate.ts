import type { CollectionRequest } from "../../../ports/remote.ts";
import { atLeast, type ProtocolVersion } from "../version.ts";
import { child, childInteger, el, type WbxmlElement } from "../wbxml/index.ts";
import type { StatusTable } from "./status.ts";

/** MS-ASCMD 2.2.3.177.7. */
export const getItemEstimateStatuses: StatusTable = {
  1: { recovery: "ok", meaning: "success" },
  2: { recovery: "resync-folders", meaning: "invalid collection" },
  3: { recovery: "give-up", meaning: "the collection has not been synchronised" },
  4: { recovery: "resync-collection", meaning: "invalid SyncKey" },
};

/** Asks how many changes one collection still has for us; the order of elements changed with 14.0 (MS-ASCMD 6.21). */
export function getItemEstimateRequest(
  { collectionId, syncKey, filterType }: Pick<CollectionRequest, "collectionId" | "syncKey" | "filterType">,
  version: ProtocolVersion,
): WbxmlElement {
  const key = el("AirSync", "SyncKey", syncKey);
  const id = el("GetItemEstimate", "CollectionId", collectionId);
  const filter = el("AirSync", "FilterType", String(filterType));
  const parts = atLeast(version, "14.0") ? [key, id, el("AirSync", "Options", filter)] : [id, filter, key];
  return el(
    "GetItemEstimate",
    "GetItemEstimate",
    el("GetItemEstimate", "Collections", el("GetItemEstimate", "Collection", ...parts)),
  );
}

/** The status of the collection, or of the command; the number of changes when it was told. */
export function readGetItemEstimate(root: WbxmlElement): {
  readonly status: number;
  readonly estimate: number | null;
} {
  const response = child(root, "GetItemEstimate", "Response");
  const collection = child(response, "GetItemEstimate", "Collection");
  const estimate = collection === undefined ? null : childInteger(collection, "GetItemEstimate", "Estimate");
  const status = childInteger(response ?? root, "GetItemEstimate", "Status") ?? 0;
  return { status, estimate: estimate !== null && estimate >= 0 ? estimate : null };
}
