import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { classNames } from "./class-names.ts";
import "./dialog.css";
import { IconButton } from "./IconButton.tsx";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Esc, the close button, or a click outside. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that Enter means last. */
  readonly footer?: ReactNode;
  readonly size?: "medium" | "wide";
}

export function Dialog({ title, isOpen, onClose, children, footer, size = "medium" }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
    >
      <Modal className={classNames("dialog-box", size === "wide" && "dialog-box-wide")}>
        <AriaDialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton label="Close" keys="Esc" size="small" icon={<X size={16} />} onPress={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
          {footer === undefined ? null : <footer className="dialog-foot">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
