import { SkeletonRow } from "../features/mail-list/SkeletonRow.tsx";
import "../features/mail-list/mail-list.css";
import "../features/mail-list/density.css";
import { usePreferences } from "./preferences.tsx";

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The layout of list and reader while the folders are not known yet. */
export function WaitingView() {
  const { values } = usePreferences();
  return (
    <>
      <section
        className="pane-list pane-waiting"
        style={{ width: values.listWidth }}
        aria-busy
        aria-label="Messages"
      >
        <h1 className="visually-hidden">Getting your folders</h1>
        {ROWS.map((seed) => (
          <SkeletonRow key={seed} seed={seed} />
        ))}
      </section>
      <section className="pane-reader" aria-label="Reading" />
    </>
  );
}
