import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useState } from "react";
import {
  UNSTABLE_Toast as AriaToast,
  Text,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";
import "./toast.css";

export interface ToastContentProps {
  readonly message: string;
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

/** Says something in passing. A toast with an action stays for 10 seconds, another for 5. */
export type ShowToast = (toast: ToastContentProps) => void;

const ToastContext = createContext<ShowToast>(() => undefined);

/** How a feature says something in passing. */
export function useToast(): ShowToast {
  return useContext(ToastContext);
}

/** Holds the toasts of everything inside it. One is shown at a time: the newest. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [queue] = useState(() => new ToastQueue<ToastContentProps>({ maxVisibleToasts: 1 }));
  const [show] = useState<ShowToast>(() => (toast: ToastContentProps) => {
    queue.clear();
    queue.add(toast, { timeout: toast.action === undefined ? 5_000 : 10_000 });
  });
  return (
    <ToastContext value={show}>
      {children}
      <ToastRegion queue={queue} className="toasts" aria-label="Messages">
        {({ toast }) => (
          <AriaToast toast={toast} className="toast">
            <ToastContent className="toast-words">
              <Text slot="title">{toast.content.message}</Text>
            </ToastContent>
            {toast.content.action === undefined ? null : (
              <Button
                variant="quiet"
                size="small"
                onPress={() => {
                  toast.content.action?.onPress();
                  queue.close(toast.key);
                }}
              >
                {toast.content.action.label}
              </Button>
            )}
            <IconButton
              label="Dismiss"
              size="small"
              icon={<X size={14} />}
              onPress={() => queue.close(toast.key)}
            />
          </AriaToast>
        )}
      </ToastRegion>
    </ToastContext>
  );
}
