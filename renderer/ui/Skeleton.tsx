import "./spinner.css";

/** Holds the place of text that is still coming. */
export function Skeleton({ width, height = 10 }: { width: number | string; height?: number }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden />;
}
