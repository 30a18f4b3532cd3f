import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import "./button.css";
import { classNames } from "./class-names.ts";
import { Spinner } from "./Spinner.tsx";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly children: ReactNode;
  /** `primary` is the one thing to do here; `plain` stands beside it; `quiet` has no frame. */
  readonly variant?: "primary" | "plain" | "quiet" | "danger";
  readonly size?: "medium" | "small";
  readonly icon?: ReactNode;
}

export function Button({
  variant = "plain",
  size = "medium",
  icon,
  children,
  isPending,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(isPending === undefined ? {} : { isPending })}
      className={classNames("button", `button-${variant}`, size === "small" && "button-small")}
    >
      {isPending === true ? <Spinner size={14} /> : icon}
      {children}
    </AriaButton>
  );
}
