/** Code page 19, DocumentLibrary (MS-ASWBXML 2.1.2.1.20). */
export const documentLibrary = {
  page: 19,
  namespace: "DocumentLibrary",
  tags: {
    5: "LinkId",
    6: "DisplayName",
    7: "IsFolder",
    8: "CreationDate",
    9: "LastModifiedDate",
    10: "IsHidden",
    11: "ContentLength",
    12: "ContentType",
  },
} as const;
