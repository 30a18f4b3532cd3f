import { useState } from "react";
import { MAX_ATTACHMENT_BYTES } from "../../../shared/contract/compose.ts";
import type { Draft } from "../../../shared/model/mail.ts";
import { useAppState } from "../../state/context.tsx";
import type { OpenDraft } from "./use-draft.ts";

/** A file on its way into the draft. */
interface Incoming {
  readonly key: number;
  readonly name: string;
}

/** Takes files into a draft one after the other, and lets them go again. */
export function useAttaching(draft: Draft, open: OpenDraft) {
  const { engine } = useAppState().bridge;
  const [incoming, setIncoming] = useState<readonly Incoming[]>([]);
  const [failure, setFailure] = useState<string | null>(null);

  const attachOne = async (file: File): Promise<string | null> => {
    if (file.size > MAX_ATTACHMENT_BYTES) return `${file.name} is larger than 25 MB and was not attached.`;
    try {
      const result = await engine.compose.attach({
        draftId: draft.id,
        name: file.name.slice(0, 255) || "Picture.png",
        type: file.type.slice(0, 127),
        bytes: new Uint8Array(await file.arrayBuffer()),
      });
      if (!result.ok) return result.error.message;
      open.setAttachments(result.value.attachments);
      return null;
    } catch {
      // A folder, or a file that was moved away while it was dragged.
      return `${file.name} could not be read.`;
    }
  };

  return {
    incoming,
    failure,
    dismissFailure: () => setFailure(null),
    async attach(files: readonly File[]): Promise<void> {
      const queued = files.map((file) => ({ file, key: Math.random(), name: file.name }));
      setFailure(null);
      setIncoming((old) => [...old, ...queued.map(({ key, name }) => ({ key, name }))]);
      for (const { file, key } of queued) {
        const problem = await attachOne(file);
        if (problem !== null) setFailure(problem);
        setIncoming((old) => old.filter((one) => one.key !== key));
      }
    },
    async detach(attachmentId: number): Promise<void> {
      const result = await engine.compose.detach({ draftId: draft.id, attachmentId });
      if (result.ok) open.setAttachments(result.value.attachments);
      else setFailure(result.error.message);
    },
  };
}
