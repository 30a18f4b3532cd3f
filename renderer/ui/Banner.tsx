import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import "./banner.css";

export interface BannerProps {
  readonly kind?: "info" | "warning" | "danger";
  readonly icon?: ReactNode;
  /** What happened and why, in one sentence or two. */
  readonly children: ReactNode;
  /** Buttons that do something about it. */
  readonly actions?: ReactNode;
}

const ICONS = {
  info: <Info size={16} aria-hidden />,
  warning: <TriangleAlert size={16} aria-hidden />,
  danger: <CircleAlert size={16} aria-hidden />,
};

/** A strip across a pane that says what is the matter and offers what to do. */
export function Banner({ kind = "info", icon, children, actions }: BannerProps) {
  return (
    <div className={`banner banner-${kind}`} role={kind === "danger" ? "alert" : "status"}>
      <span className="banner-icon">{icon ?? ICONS[kind]}</span>
      <div className="banner-words">{children}</div>
      {actions === undefined ? null : <div className="banner-actions">{actions}</div>}
    </div>
  );
}
