import { Skeleton } from "../../ui/Skeleton.tsx";

/** Holds the place of a row; `seed` varies the widths so that it looks like mail. */
export function SkeletonRow({ seed }: { seed: number }) {
  return (
    <div className="mail-row mail-row-skeleton" aria-hidden>
      <div className="mail-row-cell">
        <span className="skeleton" style={{ width: 32, height: 32, borderRadius: "50%" }} />
        <div className="mail-row-text">
          <Skeleton width={90 + ((seed * 37) % 70)} />
          <Skeleton width={`${55 + ((seed * 23) % 35)}%`} />
          <Skeleton width={`${70 + ((seed * 13) % 28)}%`} height={8} />
        </div>
      </div>
    </div>
  );
}
