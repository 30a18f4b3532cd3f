/** Code page 16, GAL (MS-ASWBXML 2.1.2.1.17). */
export const gal = {
  page: 16,
  namespace: "GAL",
  tags: {
    5: "DisplayName",
    6: "Phone",
    7: "Office",
    8: "Title",
    9: "Company",
    10: "Alias",
    11: "FirstName",
    12: "LastName",
    13: "HomePhone",
    14: "MobilePhone",
    15: "EmailAddress",
    16: "Picture",
    17: "Status",
    18: "Data",
  },
} as const;
