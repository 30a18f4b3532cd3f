import { describe, expect, it } from "vitest";
import {
  getItemEstimateRequest,
  getItemEstimateStatuses,
  readGetItemEstimate,
} from "../../../../electron/protocol/eas/commands/get-item-estimate.ts";
import { recoveryOf } from "../../../../electron/protocol/eas/commands/status.ts";
import { decode, encode, type WbxmlElement } from "../../../../electron/protocol/eas/wbxml/index.ts";
import { document, hex } from "../bytes.ts";

const REQUEST = { collectionId: "5", syncKey: "7", filterType: 3 } as const;

function root(...parts: readonly string[]): WbxmlElement {
  const result = decode(document(...parts));
  if (!result.ok) throw new Error(result.error.detail);
  return result.value.root;
}

describe("the request", () => {
  it.each(["16.1", "16.0", "14.1", "14.0"] as const)("%s: SyncKey, CollectionId, Options", (version) => {
    expect(hex(encode(getItemEstimateRequest(REQUEST, version)))).toBe(
      hex(document("00 06 45 47 48 00 00 4b '7' 01 00 06 4a '5' 01 00 00 57 58 '3' 01 01 01 01 01")),
    );
  });

  it("12.1: CollectionId, FilterType, SyncKey", () => {
    expect(hex(encode(getItemEstimateRequest(REQUEST, "12.1")))).toBe(
      hex(document("00 06 45 47 48 4a '5' 01 00 00 58 '3' 01 4b '7' 01 01 01 01")),
    );
  });
});

describe("the answer", () => {
  it("tells the number of changes", () => {
    const answer = root("00 06 45 4d 4e '1' 01 48 4a '5' 01 4c '17' 01 01 01 01");
    expect(readGetItemEstimate(answer)).toEqual({ status: 1, estimate: 17 });
  });

  it("may hold a status and nothing else", () => {
    expect(readGetItemEstimate(root("00 06 45 4d 4e '4' 01 01 01"))).toEqual({ status: 4, estimate: null });
    expect(readGetItemEstimate(root("00 06 45 4e '142' 01 01"))).toEqual({ status: 142, estimate: null });
  });

  it.each(["-3", "many", ""])("is no number: %j", (text) => {
    const answer = root(`00 06 45 4d 4e '1' 01 48 4c '${text}' 01 01 01 01`);
    expect(readGetItemEstimate(answer).estimate).toBeNull();
  });

  it.each([
    [1, "ok"],
    [2, "resync-folders"],
    [3, "give-up"],
    [4, "resync-collection"],
    [142, "provision"],
    [111, "retry-later"],
    [77, "give-up"],
  ] as const)("status %i: %s", (status, recovery) => {
    expect(recoveryOf(getItemEstimateStatuses, status)).toBe(recovery);
  });
});
