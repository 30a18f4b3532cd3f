/** How much room a row of the list has. */
export type Density = "roomy" | "medium" | "compact";

/** Heights of a row in CSS pixels; `mail-list.css` draws the same by the root element's `data-density`. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { roomy: 64, medium: 52, compact: 36 };
