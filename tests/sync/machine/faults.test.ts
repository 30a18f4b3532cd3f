import { describe, expect, test } from "vitest";
import type { Recovery, RemoteFault } from "../../../electron/ports/remote.ts";
import {
  faultFacts,
  REMEDY_OF_RECOVERY,
  type Remedy,
  remedyFor,
} from "../../../electron/sync/machine/faults.ts";

const FAULTS: readonly (readonly [RemoteFault, Remedy])[] = [
  [{ kind: "offline", detail: "" }, "offline"],
  [{ kind: "cut", detail: "" }, "broken"],
  [{ kind: "timeout", detail: "" }, "broken"],
  [{ kind: "tls", detail: "" }, "tls"],
  [{ kind: "cancelled", detail: "" }, "cancelled"],
  [{ kind: "sign-in", detail: "" }, "sign-in"],
  [{ kind: "forbidden", detail: "" }, "forbidden"],
  [{ kind: "device-blocked", detail: "" }, "device"],
  [{ kind: "wipe", detail: "" }, "wipe"],
  [{ kind: "busy", detail: "", retryAfterMs: null }, "busy"],
  [{ kind: "server", detail: "", httpStatus: 500 }, "server"],
  [{ kind: "garbage", detail: "" }, "garbage"],
];

const RECOVERIES: Readonly<Record<Recovery, Remedy>> = {
  ok: "garbage",
  "resync-collection": "resync-collection",
  "resync-folders": "resync-folders",
  provision: "policy",
  retry: "again-soon",
  "retry-later": "again-later",
  "object-gone": "gone",
  "server-won": "server-won",
  "already-done": "done",
  "give-up": "give-up",
  "sign-in": "sign-in",
  "device-blocked": "device",
  wipe: "wipe",
  "changes-waiting": "again-soon",
  adapt: "adapt",
};

describe("remedies", () => {
  test.each(FAULTS)("%o", (fault, remedy) => {
    expect(remedyFor(fault)).toBe(remedy);
  });

  test("every recovery of the status tables has one", () => {
    expect(REMEDY_OF_RECOVERY).toEqual(RECOVERIES);
    for (const [recovery, remedy] of Object.entries(RECOVERIES)) {
      const known = Object.keys(REMEDY_OF_RECOVERY).find((key): key is Recovery => key === recovery);
      if (known === undefined) throw new Error(recovery);
      expect(remedyFor({ kind: "status", command: "Sync", status: 1, recovery: known })).toBe(remedy);
    }
  });
});

describe("facts for the log", () => {
  test("are codes, never the server's words", () => {
    expect(faultFacts({ kind: "forbidden", detail: "Dear anna@example.com" })).toEqual({
      fault: "forbidden",
    });
    expect(faultFacts({ kind: "server", detail: "secret", httpStatus: 502 })).toEqual({
      fault: "server",
      httpStatus: 502,
    });
    expect(faultFacts({ kind: "status", command: "Sync", status: 3, recovery: "resync-collection" })).toEqual(
      {
        fault: "status",
        command: "Sync",
        status: 3,
        recovery: "resync-collection",
      },
    );
  });
});
