import type { ReactNode } from "react";
import "./accounts.css";
import { Mark } from "./Mark.tsx";

/** A screen of its own with the app's mark: the first start, and everything before the store is open. */
export function Welcome({
  title,
  words,
  children,
}: {
  title: string;
  words: ReactNode;
  children?: ReactNode;
}) {
  return (
    <main className="welcome">
      <div className="welcome-card">
        <span className="welcome-mark">
          <Mark size={44} />
        </span>
        <h1 className="welcome-title">{title}</h1>
        <p className="welcome-words">{words}</p>
        {children}
      </div>
    </main>
  );
}
