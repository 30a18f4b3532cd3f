import { useMemo, useSyncExternalStore } from "react";
import type { ListScope } from "../../shared/contract/mail.ts";
import { useAppState } from "./context.tsx";
import { createMessageList, type Later, type ListSnapshot, type MessageList } from "./message-list.ts";

const later: Later = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** The live list of a scope; another scope is another list. */
export function useMessageList(scope: ListScope): { list: MessageList; snapshot: ListSnapshot } {
  const { bridge } = useAppState();
  const { folderId, filter, query } = scope;
  const list = useMemo(
    () => createMessageList(bridge, { folderId, filter, query }, later),
    [bridge, folderId, filter, query],
  );
  return { list, snapshot: useSyncExternalStore(list.subscribe, list.snapshot) };
}
