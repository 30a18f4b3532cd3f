/** Code page 2, Email (MS-ASWBXML 2.1.2.1.3). */
export const email = {
  page: 2,
  namespace: "Email",
  tags: {
    5: "Attachment", // before 12.0
    6: "Attachments", // before 12.0
    7: "AttName", // before 12.0
    8: "AttSize", // before 12.0
    9: "AttOid", // before 12.0
    10: "AttMethod", // before 12.0
    11: "AttRemoved", // before 12.0
    12: "Body", // before 12.0
    13: "BodySize", // before 12.0
    14: "BodyTruncated", // before 12.0
    15: "DateReceived",
    16: "DisplayName", // before 12.0
    17: "DisplayTo",
    18: "Importance",
    19: "MessageClass",
    20: "Subject",
    21: "Read",
    22: "To",
    23: "Cc",
    24: "From",
    25: "ReplyTo",
    26: "AllDayEvent",
    27: "Categories",
    28: "Category",
    29: "DtStamp",
    30: "EndTime",
    31: "InstanceType",
    32: "BusyStatus",
    33: "Location",
    34: "MeetingRequest",
    35: "Organizer",
    36: "RecurrenceId",
    37: "Reminder",
    38: "ResponseRequested",
    39: "Recurrences",
    40: "Recurrence",
    41: "Type",
    42: "Until",
    43: "Occurrences",
    44: "Interval",
    45: "DayOfWeek",
    46: "DayOfMonth",
    47: "WeekOfMonth",
    48: "MonthOfYear",
    49: "StartTime",
    50: "Sensitivity",
    51: "TimeZone",
    52: "GlobalObjId",
    53: "ThreadTopic",
    54: "MIMEData", // before 12.0
    55: "MIMETruncated", // before 12.0
    56: "MIMESize", // before 12.0
    57: "InternetCPID",
    58: "Flag",
    59: "Status",
    60: "ContentClass",
    61: "FlagType",
    62: "CompleteTime",
    63: "DisallowNewTimeProposal",
  },
} as const;
