/** Code page 7, FolderHierarchy (MS-ASWBXML 2.1.2.1.8). */
export const folderHierarchy = {
  page: 7,
  namespace: "FolderHierarchy",
  tags: {
    5: "Folders",
    6: "Folder",
    7: "DisplayName",
    8: "ServerId",
    9: "ParentId",
    10: "Type",
    11: "Response", // before 12.0
    12: "Status",
    13: "ContentClass", // before 12.0
    14: "Changes",
    15: "Add",
    16: "Delete",
    17: "Update",
    18: "SyncKey",
    19: "FolderCreate",
    20: "FolderDelete",
    21: "FolderUpdate",
    22: "FolderSync",
    23: "Count",
    24: "Version", // before 12.0
  },
} as const;
