/** Code page 5, Move (MS-ASWBXML 2.1.2.1.6). */
export const move = {
  page: 5,
  namespace: "Move",
  tags: {
    5: "MoveItems",
    6: "Move",
    7: "SrcMsgId",
    8: "SrcFldId",
    9: "DstFldId",
    10: "Response",
    11: "Status",
    12: "DstMsgId",
  },
} as const;
