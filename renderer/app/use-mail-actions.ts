import { useMemo, useRef } from "react";
import type { Result } from "../../shared/base/result.ts";
import type { CallError } from "../../shared/contract/define.ts";
import type { MessageId } from "../../shared/model/ids.ts";
import type { FolderNode } from "../../shared/model/mail.ts";
import { useAppState } from "../state/context.tsx";
import { folderName } from "../state/folder-names.ts";
import { useToast } from "../ui/Toast.tsx";

export interface MailActions {
  setRead(ids: readonly MessageId[], read: boolean): void;
  setFlag(ids: readonly MessageId[], flagged: boolean): void;
  remove(ids: readonly MessageId[], forGood: boolean): void;
  move(ids: readonly MessageId[], folder: FolderNode): void;
  /** Takes the newest action back. */
  undo(): void;
}

type Done = { readonly token: number; readonly count: number };

const messages = (count: number) => (count === 1 ? "Message" : `${count.toLocaleString()} messages`);

/** Actions on messages: each can be taken back, those that take a message away say so. */
export function useMailActions(): MailActions {
  const { engine } = useAppState().bridge;
  const toast = useToast();
  const newest = useRef<number | null>(null);

  return useMemo(() => {
    const takeBack = async (token: number) => {
      newest.current = null;
      const result = await engine.mail.undo({ token });
      if (result.ok) toast({ message: "Taken back" });
      else if (result.error.code === "expired") toast({ message: "Too late to take this back" });
      else toast({ message: result.error.message });
    };
    const finish = (result: Result<Done, CallError>, words: ((count: number) => string) | null) => {
      if (!result.ok) {
        toast({ message: result.error.message });
        return;
      }
      const { token, count } = result.value;
      newest.current = token;
      if (words !== null && count > 0) {
        toast({ message: words(count), action: { label: "Undo", onPress: () => void takeBack(token) } });
      }
    };
    const call = async (
      ids: readonly MessageId[],
      run: () => Promise<Result<Done, CallError>>,
      words: ((count: number) => string) | null,
    ) => {
      if (ids.length > 0) finish(await run(), words);
    };
    return {
      setRead: (ids, read) => void call(ids, () => engine.mail.setRead({ ids: [...ids], read }), null),
      setFlag: (ids, flagged) => void call(ids, () => engine.mail.setFlag({ ids: [...ids], flagged }), null),
      remove: (ids, forGood) =>
        void call(
          ids,
          () => engine.mail.remove({ ids: [...ids] }),
          (count) => `${messages(count)} ${forGood ? "deleted for good" : "deleted"}`,
        ),
      move: (ids, folder) =>
        void call(
          ids,
          () => engine.mail.move({ ids: [...ids], folderId: folder.id }),
          (count) => `${messages(count)} moved to ${folderName(folder)}`,
        ),
      undo: () => {
        if (newest.current === null) toast({ message: "Nothing to take back" });
        else void takeBack(newest.current);
      },
    };
  }, [engine, toast]);
}
