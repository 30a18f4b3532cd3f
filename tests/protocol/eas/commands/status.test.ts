import { describe, expect, it } from "vitest";
import { composeMailStatuses } from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { folderSyncStatuses } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import { itemOperationsStatuses } from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { moveItemsStatuses } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { pingStatuses } from "../../../../electron/protocol/eas/commands/ping.ts";
import { policyStatuses, provisionStatuses } from "../../../../electron/protocol/eas/commands/provision.ts";
import { commonStatuses, recoveryOf } from "../../../../electron/protocol/eas/commands/status.ts";
import { syncStatuses } from "../../../../electron/protocol/eas/commands/sync-answer.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The codes that MS-ASCMD 2.2.3.177 and MS-ASPROV 2.2.2.54 list for each command. */
const tables = [
  ["Sync", syncStatuses, [1, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16]],
  ["FolderSync", folderSyncStatuses, [1, 6, 9, 10, 11, 12]],
  ["ItemOperations", itemOperationsStatuses, [...range(1, 12), ...range(14, 18), 155, 156]],
  ["MoveItems", moveItemsStatuses, [1, 2, 3, 4, 5, 7]],
  ["Ping", pingStatuses, range(1, 8)],
  ["Provision", provisionStatuses, [1, 2, 3]],
  ["Provision policy", policyStatuses, range(1, 5)],
  ["SendMail, SmartReply, SmartForward", composeMailStatuses, [1]],
  ["common", commonStatuses, [...range(101, 156), ...range(160, 177)]],
] as const;

describe.each(tables)("statuses of %s", (name, table, codes) => {
  it("are all there, and no others", () => {
    expect(Object.keys(table).map(Number)).toEqual([...codes]);
  });

  it("each have a recovery and a meaning in words", () => {
    for (const [code, { recovery, meaning }] of Object.entries(table)) {
      expect(recovery, code).toMatch(/^[a-z-]+$/);
      expect(meaning, code).toMatch(/^[a-zA-Z].{3,}[a-zA-Z0-9]$/);
    }
  });

  it("call success what is success", () => {
    const successes = Object.entries(table)
      .filter(([, { recovery }]) => recovery === "ok")
      .map(([code]) => Number(code));
    const expected: Record<string, number[]> = {
      MoveItems: [3],
      "Provision policy": [1, 2],
      ItemOperations: [1, 17],
      common: [],
    };
    expect(successes).toEqual(expected[name] ?? [1]);
  });
});

describe("recoveryOf", () => {
  it.each([
    [3, "resync-collection"],
    [7, "server-won"],
    [8, "object-gone"],
    [12, "resync-folders"],
    [16, "retry"],
    [118, "already-done"],
    [129, "device-blocked"],
    [177, "device-blocked"],
  ] as const)("Sync status %i: %s", (status, recovery) => {
    expect(recoveryOf(syncStatuses, status)).toBe(recovery);
  });

  it("provisions for every status that demands it (140 to 144 and 165)", () => {
    for (const status of [140, 141, 142, 143, 144, 165]) expect(recoveryOf({}, status)).toBe("provision");
  });

  it("takes the command's own meaning before the common one", () => {
    expect(recoveryOf(itemOperationsStatuses, 155)).toBe("give-up");
    expect(recoveryOf(moveItemsStatuses, 1)).toBe("object-gone");
    expect(recoveryOf(moveItemsStatuses, 150)).toBe("object-gone");
  });

  it("gives up on what no specification names", () => {
    for (const status of [0, -1, 2, 99, 178, 999_999])
      expect(recoveryOf(composeMailStatuses, status)).toBe("give-up");
  });
});
