import { Skeleton } from "../../ui/Skeleton.tsx";

const LINES = ["92%", "97%", "88%", "94%", "61%"];

/** Lines where a body will be; seen only when it takes longer than 300 ms. */
export function BodySkeleton() {
  return (
    <div className="reader-waiting" role="status" aria-label="Loading the message">
      {LINES.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}

/** The whole pane while a message is being opened. */
export function ReaderSkeleton() {
  return (
    <div className="reader-waiting reader-waiting-whole" role="status" aria-label="Opening the message">
      <Skeleton width="54%" height={18} />
      <Skeleton width="38%" />
      <span />
      {LINES.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
