import type { Page } from "playwright-core";

export interface ShownRow {
  readonly subject: string;
  readonly unread: boolean;
  readonly flagged: boolean;
}

/** Every row of the open list from the top, read by scrolling through it as a person would. */
export function allRows(page: Page): Promise<ShownRow[]> {
  return page.locator("[data-focus-target=list]").evaluate(async (scroller) => {
    const seen = new Map<number, { subject: string; unread: boolean; flagged: boolean }>();
    const look = () => {
      for (const row of scroller.querySelectorAll("[role=row]")) {
        seen.set(Number(row.getAttribute("aria-rowindex")), {
          subject: row.querySelector(".mail-row-subject")?.textContent ?? "",
          unread: row.querySelector(".mail-row-unread") !== null,
          flagged: row.querySelector(".mail-row-flag") !== null,
        });
      }
    };
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
    for (let top = 0; ; top += scroller.clientHeight * 0.7) {
      scroller.scrollTop = top;
      await pause();
      look();
      if (top >= scroller.scrollHeight - scroller.clientHeight) break;
    }
    scroller.scrollTop = 0;
    return [...seen].sort(([a], [b]) => a - b).map(([, row]) => row);
  });
}
