/*
 * Roles of a grid whose rows come and go with scrolling: a table element would need all of its rows. The
 * grid itself holds the focus and names its active row, so that rows and cells take none.
 */
export const GRID = { role: "grid", tabIndex: 0, "aria-multiselectable": true } as const;
export const ROW = { role: "row" } as const;
export const CELL = { role: "gridcell" } as const;
