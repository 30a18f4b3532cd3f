/** Code page 0, AirSync (MS-ASWBXML 2.1.2.1.1). */
export const airSync = {
  page: 0,
  namespace: "AirSync",
  tags: {
    5: "Sync",
    6: "Responses",
    7: "Add",
    8: "Change",
    9: "Delete",
    10: "Fetch",
    11: "SyncKey",
    12: "ClientId",
    13: "ServerId",
    14: "Status",
    15: "Collection",
    16: "Class",
    17: "Version", // before 12.0
    18: "CollectionId",
    19: "GetChanges",
    20: "MoreAvailable",
    21: "WindowSize",
    22: "Commands",
    23: "Options",
    24: "FilterType",
    25: "Truncation", // before 12.0
    26: "RTFTruncation", // before 12.0
    27: "Conflict",
    28: "Collections",
    29: "ApplicationData",
    30: "DeletesAsMoves",
    31: "NotifyGUID", // before 12.0
    32: "Supported",
    33: "SoftDelete",
    34: "MIMESupport",
    35: "MIMETruncation",
    36: "Wait",
    37: "Limit",
    38: "Partial",
    39: "ConversationMode",
    40: "MaxItems",
    41: "HeartbeatInterval",
  },
} as const;
