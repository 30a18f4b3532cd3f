import type { CSSProperties } from "react";
import "./avatar.css";
import { hueOf, initials } from "./avatar-text.ts";

/** A person's initials on a colour of their own. Decoration: the name stands beside it. */
export function Avatar({ name, email, size = 32 }: { name: string; email: string; size?: number }) {
  const style: CSSProperties & { "--avatar-hue": number } = {
    "--avatar-hue": hueOf(email),
    width: size,
    height: size,
    fontSize: Math.round(size * 0.38),
  };
  return (
    <span className="avatar" style={style} aria-hidden>
      {initials(name, email)}
    </span>
  );
}
