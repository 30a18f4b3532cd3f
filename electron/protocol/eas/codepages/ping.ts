/** Code page 13, Ping (MS-ASWBXML 2.1.2.1.14). */
export const ping = {
  page: 13,
  namespace: "Ping",
  tags: {
    5: "Ping",
    6: "AutdState", // before 12.0
    7: "Status",
    8: "HeartbeatInterval",
    9: "Folders",
    10: "Folder",
    11: "Id",
    12: "Class",
    13: "MaxFolders",
  },
} as const;
