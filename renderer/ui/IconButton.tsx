import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  TooltipTrigger,
} from "react-aria-components";
import "./button.css";
import { classNames } from "./class-names.ts";
import { Tooltip } from "./Tooltip.tsx";

export interface IconButtonProps
  extends Omit<AriaButtonProps, "className" | "style" | "children" | "aria-label"> {
  /** Its name for everyone: read out, and shown on hover. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Keys that do the same, as they are written in the list of keys. */
  readonly keys?: string | undefined;
  readonly size?: "medium" | "small";
}

export function IconButton({ label, icon, keys, size = "medium", ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        {...props}
        aria-label={label}
        className={classNames("icon-button", size === "small" && "icon-button-small")}
      >
        {icon}
      </AriaButton>
      <Tooltip keys={keys}>{label}</Tooltip>
    </TooltipTrigger>
  );
}
