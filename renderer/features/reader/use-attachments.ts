import { useEffect, useState } from "react";
import type { AttachmentId } from "../../../shared/model/ids.ts";
import type { Attachment } from "../../../shared/model/mail.ts";
import { useAppState } from "../../state/context.tsx";

type ById<T> = ReadonlyMap<AttachmentId, T>;

function withEntry<T>(map: ById<T>, id: AttachmentId, value: T | undefined): ById<T> {
  const next = new Map(map);
  if (value === undefined) next.delete(id);
  else next.set(id, value);
  return next;
}

/** Opens and saves attachments; what is not stored yet is fetched first, with its progress in percent. */
export function useAttachments() {
  const { bridge } = useAppState();
  const [progress, setProgress] = useState<ById<number>>(new Map());
  const [failures, setFailures] = useState<ById<string>>(new Map());

  useEffect(
    () =>
      bridge.on("mail.attachmentProgress", ({ attachmentId, received, total }) => {
        const share = total > 0 ? Math.min(100, Math.round((received / total) * 100)) : 0;
        setProgress((old) => (old.has(attachmentId) ? withEntry(old, attachmentId, share) : old));
      }),
    [bridge],
  );

  const run = async (
    attachment: Attachment,
    action: () => Promise<{ ok: boolean; error?: { message: string } }>,
  ) => {
    const { id } = attachment;
    setFailures((old) => withEntry(old, id, undefined));
    if (attachment.state === "remote") {
      setProgress((old) => withEntry(old, id, 0));
      const fetched = await bridge.engine.mail.fetchAttachment({ attachmentId: id });
      setProgress((old) => withEntry(old, id, undefined));
      if (!fetched.ok) {
        setFailures((old) => withEntry(old, id, fetched.error.message));
        return;
      }
    }
    const done = await action();
    if (!done.ok) setFailures((old) => withEntry(old, id, done.error?.message ?? "It did not work."));
  };

  return {
    progress,
    failures,
    open: (attachment: Attachment) =>
      void run(attachment, () => bridge.main.app.openAttachment({ attachmentId: attachment.id })),
    save: (attachment: Attachment) =>
      void run(attachment, () => bridge.main.app.saveAttachment({ attachmentId: attachment.id })),
  };
}
