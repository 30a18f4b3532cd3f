import type { Dice } from "./random.ts";
import type { Scenario } from "./scenario.ts";

export type Table = readonly (readonly string[])[];

/** A table with a head line, as people paste it from a spreadsheet. */
export function drawTable(kind: NonNullable<Scenario["table"]>, dice: Dice): Table {
  if (kind === "measurements") {
    const rows = [-30, -10, 5, 23, 40, 60].map((degrees) => [
      `${degrees} °C`,
      (dice.int(10, 90) / 100).toFixed(2),
      `${dice.int(180, 420)} ms`,
      degrees === -30 ? "second attempt" : "passed",
    ]);
    return [["Temperature", "Drift (ppm)", "Start", "Result"], ...rows];
  }
  if (kind === "budget") {
    const rows = ["Salaries", "Materials", "Travel", "External services", "Equipment", "Training"].map(
      (line) => {
        const planned = dice.int(8, 240);
        const change = dice.int(-18, 22);
        return [line, `${planned},000`, `${Math.round(planned * (1 + change / 100))},000`, `${change} %`];
      },
    );
    return [["Line", "Last year (EUR)", "Draft (EUR)", "Change"], ...rows];
  }
  const rows = ["Devices", "Service", "Spare parts", "Training"].map((line) => [
    line,
    `${dice.int(40, 900)},000`,
    `${dice.int(-6, 24)} %`,
  ]);
  return [["Area", "Revenue (EUR)", "Against last year"], ...rows];
}

export function tableHtml(table: Table): string {
  const cell = "border:1px solid #c8ccd0;padding:4px 10px";
  return `<table style="border-collapse:collapse;font-size:10.5pt;margin:12px 0">${table
    .map((row, line) => {
      const tag = line === 0 ? "th" : "td";
      const align = (at: number): string => (at === 0 ? "left" : "right");
      const cells = row.map((text, at) => `<${tag} style="${cell};text-align:${align(at)}">${text}</${tag}>`);
      return `<tr${line === 0 ? ' style="background:#eef2f5"' : ""}>${cells.join("")}</tr>`;
    })
    .join("\n")}</table>`;
}

export function tableText(table: Table): string {
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}
