import { describe, expect, it } from "vitest";
import type { Recovery } from "../../../../electron/ports/remote.ts";
import { composeMailStatuses } from "../../../../electron/protocol/eas/commands/compose-mail.ts";
import { folderSyncStatuses } from "../../../../electron/protocol/eas/commands/folder-sync.ts";
import { getItemEstimateStatuses } from "../../../../electron/protocol/eas/commands/get-item-estimate.ts";
import { itemOperationsStatuses } from "../../../../electron/protocol/eas/commands/item-operations.ts";
import { moveItemsStatuses } from "../../../../electron/protocol/eas/commands/move-items.ts";
import { pingStatuses } from "../../../../electron/protocol/eas/commands/ping.ts";
import { policyStatuses, provisionStatuses } from "../../../../electron/protocol/eas/commands/provision.ts";
import { recoveryOf, type StatusTable, statusIn } from "../../../../electron/protocol/eas/commands/status.ts";
import { syncStatuses } from "../../../../electron/protocol/eas/commands/sync-answer.ts";
import { el } from "../../../../electron/protocol/eas/wbxml/index.ts";

/** The common codes under the names that MS-ASCMD 2.2.2 gives them, and what follows from each for us. */
const common: readonly [number, string, Recovery][] = [
  [101, "InvalidContent", "give-up"],
  [102, "InvalidWBXML", "give-up"],
  [103, "InvalidXML", "give-up"],
  [104, "InvalidDateTime", "give-up"],
  [105, "InvalidCombinationOfIDs", "give-up"],
  [106, "InvalidIDs", "give-up"],
  [107, "InvalidMIME", "give-up"],
  [108, "DeviceIdMissingOrInvalid", "give-up"],
  [109, "DeviceTypeMissingOrInvalid", "give-up"],
  [110, "ServerError", "retry-later"],
  [111, "ServerErrorRetryLater", "retry-later"],
  [112, "ActiveDirectoryAccessDenied", "device-blocked"],
  [113, "MailboxQuotaExceeded", "give-up"],
  [114, "MailboxServerOffline", "retry-later"],
  [115, "SendQuotaExceeded", "give-up"],
  [116, "MessageRecipientUnresolved", "give-up"],
  [117, "MessageReplyNotAllowed", "give-up"],
  [118, "MessagePreviouslySent", "already-done"],
  [119, "MessageHasNoRecipient", "give-up"],
  [120, "MailSubmissionFailed", "give-up"],
  [121, "MessageReplyFailed", "give-up"],
  [122, "AttachmentIsTooLarge", "give-up"],
  [123, "UserHasNoMailbox", "give-up"],
  [124, "UserCannotBeAnonymous", "sign-in"],
  [125, "UserPrincipalCouldNotBeFound", "sign-in"],
  [126, "UserDisabledForSync", "device-blocked"],
  [127, "UserOnNewMailboxCannotSync", "device-blocked"],
  [128, "UserOnLegacyMailboxCannotSync", "device-blocked"],
  [129, "DeviceIsBlockedForThisUser", "device-blocked"],
  [130, "AccessDenied", "device-blocked"],
  [131, "AccountDisabled", "sign-in"],
  [132, "SyncStateNotFound", "resync-folders"],
  [133, "SyncStateLocked", "retry"],
  [134, "SyncStateCorrupt", "resync-folders"],
  [135, "SyncStateAlreadyExists", "resync-folders"],
  [136, "SyncStateVersionInvalid", "resync-folders"],
  [137, "CommandNotSupported", "give-up"],
  [138, "VersionNotSupported", "give-up"],
  [139, "DeviceNotFullyProvisionable", "device-blocked"],
  [140, "RemoteWipeRequested", "provision"],
  [141, "LegacyDeviceOnStrictPolicy", "provision"],
  [142, "DeviceNotProvisioned", "provision"],
  [143, "PolicyRefresh", "provision"],
  [144, "InvalidPolicyKey", "provision"],
  [145, "ExternallyManagedDevicesNotAllowed", "device-blocked"],
  [146, "NoRecurrenceInCalendar", "give-up"],
  [147, "UnexpectedItemClass", "give-up"],
  [148, "RemoteServerHasNoSSL", "give-up"],
  [149, "InvalidStoredRequest", "retry"],
  [150, "ItemNotFound", "object-gone"],
  [151, "TooManyFolders", "give-up"],
  [152, "NoFoldersFound", "give-up"],
  [153, "ItemsLostAfterMove", "give-up"],
  [154, "FailureInMoveOperation", "retry"],
  [155, "MoveCommandDisallowedForNonPersistentMoveAction", "give-up"],
  [156, "MoveCommandInvalidDestinationFolder", "give-up"],
  [160, "AvailabilityTooManyRecipients", "give-up"],
  [161, "AvailabilityDLLimitReached", "give-up"],
  [162, "AvailabilityTransientFailure", "retry"],
  [163, "AvailabilityFailure", "give-up"],
  [164, "BodyPartPreferenceTypeNotSupported", "give-up"],
  [165, "DeviceInformationRequired", "provision"],
  [166, "InvalidAccountId", "give-up"],
  [167, "AccountSendDisabled", "give-up"],
  [168, "IRM_FeatureDisabled", "give-up"],
  [169, "IRM_TransientError", "retry"],
  [170, "IRM_PermanentError", "give-up"],
  [171, "IRM_InvalidTemplateID", "give-up"],
  [172, "IRM_OperationNotPermitted", "give-up"],
  [173, "NoPicture", "give-up"],
  [174, "PictureTooLarge", "give-up"],
  [175, "PictureLimitReached", "give-up"],
  [176, "BodyPart_ConversationTooLarge", "give-up"],
  [177, "MaximumDevicesReached", "device-blocked"],
];

const tables: Readonly<Record<string, StatusTable>> = {
  FolderSync: folderSyncStatuses,
  GetItemEstimate: getItemEstimateStatuses,
  ItemOperations: itemOperationsStatuses,
  MoveItems: moveItemsStatuses,
  Ping: pingStatuses,
  Provision: provisionStatuses,
  SendMail: composeMailStatuses,
  Sync: syncStatuses,
};

describe("common statuses (MS-ASCMD 2.2.2)", () => {
  it.each(common)("%i, %s: %s, whatever the command", (status, _name, recovery) => {
    for (const [command, table] of Object.entries(tables)) {
      expect(recoveryOf(table, status), command).toBe(recovery);
    }
  });

  it("are all of those that the specification names, once each", () => {
    const codes = common.map(([status]) => status);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes[0]).toBe(101);
    expect(codes.at(-1)).toBe(177);
    expect(codes).toHaveLength(74);
  });

  it("that never pass by themselves are never tried again for ever", () => {
    const again: readonly Recovery[] = ["retry", "retry-later"];
    const retried = common.filter(([, , recovery]) => again.includes(recovery)).map(([, name]) => name);
    expect(retried).toEqual([
      "ServerError",
      "ServerErrorRetryLater",
      "MailboxServerOffline",
      "SyncStateLocked",
      "InvalidStoredRequest",
      "FailureInMoveOperation",
      "AvailabilityTransientFailure",
      "IRM_TransientError",
    ]);
  });
});

describe("statuses of one command", () => {
  /** Sections 2.2.3.177.x of MS-ASCMD and 2.2.2.54 of MS-ASPROV: number, and what a client is told to do. */
  const own: readonly [string, StatusTable, readonly (readonly [number, Recovery, string])[]][] = [
    [
      "FolderSync",
      folderSyncStatuses,
      [
        [1, "ok", "success"],
        [6, "retry-later", "an error occurred on the server: again later"],
        [9, "resync-folders", "mismatched or invalid key: delete the folders, start from 0"],
        [10, "give-up", "incorrectly formatted request: find the fault"],
        [11, "retry", "an unknown error: again"],
        [12, "retry-later", "code unknown"],
      ],
    ],
    [
      "Ping",
      pingStatuses,
      [
        [1, "ok", "the heartbeat expired before any changes"],
        [2, "changes-waiting", "changes occurred: Sync the named folders"],
        [3, "retry", "parameters omitted: send the whole request"],
        [4, "give-up", "syntax error"],
        [5, "adapt", "heartbeat outside the allowed range"],
        [6, "adapt", "more folders than allowed"],
        [7, "resync-folders", "folder hierarchy sync required"],
        [8, "retry-later", "an error occurred on the server"],
      ],
    ],
    [
      "MoveItems",
      moveItemsStatuses,
      [
        [1, "object-gone", "invalid source: the item or its folder moved or went"],
        [2, "resync-folders", "invalid destination: the folder went"],
        [3, "ok", "success"],
        [4, "already-done", "source and destination are the same"],
        [5, "retry", "one of several failures that pass"],
        [7, "retry", "source or destination locked"],
      ],
    ],
    [
      "GetItemEstimate",
      getItemEstimateStatuses,
      [
        [1, "ok", "success"],
        [2, "resync-folders", "a collection was invalid: FolderSync"],
        [3, "give-up", "the state has not been primed with a Sync"],
        [4, "resync-collection", "the key was invalid: from 0"],
      ],
    ],
    [
      "Provision",
      provisionStatuses,
      [
        [1, "ok", "success"],
        [2, "give-up", "protocol error"],
        [3, "retry-later", "general server error"],
      ],
    ],
    [
      "the policy",
      policyStatuses,
      [
        [1, "ok", "success"],
        [2, "ok", "there is no policy for this client: go on without"],
        [3, "give-up", "unknown type of policy"],
        [4, "retry-later", "the policy data on the server is corrupted"],
        [5, "provision", "the client acknowledged the wrong key: from the start"],
      ],
    ],
    ["sending", composeMailStatuses, [[1, "ok", "success has no body, some send one all the same"]]],
  ];

  it.each(own)("%s: each as told, and nothing more than that", (_command, table, codes) => {
    for (const [status, recovery, why] of codes) expect(recoveryOf(table, status), why).toBe(recovery);
    expect(Object.keys(table).map(Number)).toEqual(codes.map(([status]) => status));
  });

  it("never mean the same as the number does for another command", () => {
    // 3 is success of a move, a stale key of Sync, missing parameters of Ping and a failure of Provision.
    const three = Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, recoveryOf(table, 3)]),
    );
    expect(three).toEqual({
      FolderSync: "give-up",
      GetItemEstimate: "give-up",
      ItemOperations: "retry-later",
      MoveItems: "ok",
      Ping: "retry",
      Provision: "retry-later",
      SendMail: "give-up",
      Sync: "resync-collection",
    });
  });

  it("are looked up as numbers: no name of an object's is a status", () => {
    for (const table of Object.values(tables)) {
      expect(recoveryOf(table, Number.NaN)).toBe("give-up");
      expect(recoveryOf(table, Number.POSITIVE_INFINITY)).toBe("give-up");
      expect(recoveryOf(table, 1.5)).toBe("give-up");
    }
  });
});

describe("the number in a Status element", () => {
  const status = (...content: readonly (string | Uint8Array)[]) =>
    statusIn(el("AirSync", "Status", ...content), 1);

  it("is absent, a number, or neither", () => {
    expect(statusIn(undefined, 1)).toBe(1);
    expect(statusIn(undefined, 0)).toBe(0);
    expect(status("12")).toBe(12);
    expect(status(" 12\r\n")).toBe(12);
    expect(status("007")).toBe(7);
    expect(status(new TextEncoder().encode("8"))).toBe(8);
    expect(status("999999999")).toBe(999_999_999);
  });

  it.each(["", " ", "-1", "+1", "1.0", "1e3", "0x1", "one", "1 1", "1000000000", "NaN", "１"])(
    "%j is 0",
    (text) => {
      expect(status(text)).toBe(0);
    },
  );
});
