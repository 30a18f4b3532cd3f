/** The app's mark: the wheel of a bulkhead door. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <g stroke="currentColor" strokeWidth="2.25" strokeLinecap="round">
        <circle cx="16" cy="16" r="9" />
        <circle cx="16" cy="16" r="2.75" />
        <path d="M16 13.25V3M16 18.75V29M13.25 16H3M18.75 16H29" />
        <path d="m14 14-4.4-4.4M18 18l4.4 4.4M18 14l4.4-4.4M14 18l-4.4 4.4" />
      </g>
    </svg>
  );
}
