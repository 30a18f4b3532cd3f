/** Code page 8, MeetingResponse (MS-ASWBXML 2.1.2.1.9). */
export const meetingResponse = {
  page: 8,
  namespace: "MeetingResponse",
  tags: {
    5: "CalendarId",
    6: "CollectionId",
    7: "MeetingResponse",
    8: "RequestId",
    9: "Request",
    10: "Result",
    11: "Status",
    12: "UserResponse",
    13: "Version", // before 12.0
    14: "InstanceId",
    16: "ProposedStartTime",
    17: "ProposedEndTime",
    18: "SendResponse",
  },
} as const;
