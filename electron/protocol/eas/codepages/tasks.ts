/** Code page 9, Tasks (MS-ASWBXML 2.1.2.1.10). */
export const tasks = {
  page: 9,
  namespace: "Tasks",
  tags: {
    5: "Body", // before 12.0
    6: "BodySize", // before 12.0
    7: "BodyTruncated", // before 12.0
    8: "Categories",
    9: "Category",
    10: "Complete",
    11: "DateCompleted",
    12: "DueDate",
    13: "UtcDueDate",
    14: "Importance",
    15: "Recurrence",
    16: "Type",
    17: "Start",
    18: "Until",
    19: "Occurrences",
    20: "Interval",
    21: "DayOfMonth",
    22: "DayOfWeek",
    23: "WeekOfMonth",
    24: "MonthOfYear",
    25: "Regenerate",
    26: "DeadOccur",
    27: "ReminderSet",
    28: "ReminderTime",
    29: "Sensitivity",
    30: "StartDate",
    31: "UtcStartDate",
    32: "Subject",
    33: "CompressedRTF", // before 12.0
    34: "OrdinalDate",
    35: "SubOrdinalDate",
    36: "CalendarType",
    37: "IsLeapMonth",
    38: "FirstDayOfWeek",
  },
} as const;
