import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The time to the minute, for words like Today: it changes rarely, so that lists are not drawn again. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE);
    return () => clearInterval(timer);
  }, []);
  return now;
}
