import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { addressParts, type BodyLink, misleadingHost } from "../../content/index.ts";
import { useAppState } from "../../state/context.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import "./link-dialog.css";

interface LinkDialogProps {
  readonly url: string;
  /** The message's links, to find what the text of this one promised. */
  readonly links: readonly BodyLink[];
  readonly onClose: () => void;
}

/** Asks before a link leaves the app, with the whole address to be read. */
export function LinkDialog({ url, links, onClose }: LinkDialogProps) {
  const { bridge } = useAppState();
  const [failure, setFailure] = useState<string | null>(null);
  const promised = links
    .filter((link) => link.href === url)
    .map(misleadingHost)
    .find((host) => host !== null);
  const parts = addressParts(url);
  const mail = url.startsWith("mailto:");
  const open = async () => {
    const result = await bridge.main.app.openExternal({ url });
    if (result.ok) onClose();
    else setFailure("This address was not opened: the system has no program for it, or it is not allowed.");
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={mail ? "Open this mail address?" : "Open this link?"}
      footer={
        <>
          <Button variant="plain" onPress={() => void navigator.clipboard.writeText(url).catch(() => {})}>
            Copy address
          </Button>
          <Button
            variant={promised === undefined ? "primary" : "danger"}
            autoFocus
            onPress={() => void open()}
          >
            {promised === undefined ? "Open in browser" : "Open anyway"}
          </Button>
        </>
      }
    >
      {promised === undefined ? null : (
        <p className="link-warning" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <span>
            The text of this link names <strong>{promised}</strong>, but it leads to{" "}
            <strong>{parts.host}</strong>.
          </span>
        </p>
      )}
      <p className="link-address">
        {parts.before}
        <strong>{parts.host}</strong>
        {parts.after}
      </p>
      {failure === null ? null : <p role="alert">{failure}</p>}
    </Dialog>
  );
}
