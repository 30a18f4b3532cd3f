/** Code page 23, Notes (MS-ASWBXML 2.1.2.1.24). */
export const notes = {
  page: 23,
  namespace: "Notes",
  tags: {
    5: "Subject",
    6: "MessageClass",
    7: "LastModifiedDate",
    8: "Categories",
    9: "Category",
  },
} as const;
