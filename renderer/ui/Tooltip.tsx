import type { ReactNode } from "react";
import { Tooltip as AriaTooltip } from "react-aria-components";
import { Keys } from "./Keys.tsx";
import "./tooltip.css";

/** The hint of a TooltipTrigger, with the keys that do the same. */
export function Tooltip({ children, keys }: { children: ReactNode; keys?: string | undefined }) {
  return (
    <AriaTooltip className="tooltip" offset={6}>
      {children}
      {keys === undefined ? null : <Keys keys={keys} />}
    </AriaTooltip>
  );
}
