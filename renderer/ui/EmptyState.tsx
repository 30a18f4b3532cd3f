import type { ReactNode } from "react";
import "./empty.css";

/** A screen with nothing on it: an icon, one line, and at most one thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty-icon" aria-hidden>
        {icon}
      </span>
      <h2 className="empty-title">{title}</h2>
      {children === undefined ? null : <p className="empty-words">{children}</p>}
      {action}
    </div>
  );
}
