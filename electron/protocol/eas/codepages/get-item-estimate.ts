/** Code page 6, GetItemEstimate (MS-ASWBXML 2.1.2.1.7). */
export const getItemEstimate = {
  page: 6,
  namespace: "GetItemEstimate",
  tags: {
    5: "GetItemEstimate",
    6: "Version", // before 12.0
    7: "Collections",
    8: "Collection",
    9: "Class",
    10: "CollectionId",
    11: "DateTime", // before 12.0
    12: "Estimate",
    13: "Response",
    14: "Status",
  },
} as const;
