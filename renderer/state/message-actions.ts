/** What a person can do with messages, wherever they are shown: in the list, the reader, or by a key. */
export type MessageAction =
  | "reply"
  | "reply-all"
  | "forward"
  | "toggle-read"
  | "toggle-flag"
  | "move"
  | "remove";
