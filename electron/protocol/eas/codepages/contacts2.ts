/** Code page 12, Contacts2 (MS-ASWBXML 2.1.2.1.13). */
export const contacts2 = {
  page: 12,
  namespace: "Contacts2",
  tags: {
    5: "CustomerId",
    6: "GovernmentId",
    7: "IMAddress",
    8: "IMAddress2",
    9: "IMAddress3",
    10: "ManagerName",
    11: "CompanyMainPhone",
    12: "AccountName",
    13: "NickName",
    14: "MMS",
  },
} as const;
