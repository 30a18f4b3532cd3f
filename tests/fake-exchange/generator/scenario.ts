import { CUSTOMERS, PROJECTS } from "./people.ts";
import type { Dice } from "./random.ts";

export type FileKind = "pdf" | "png" | "jpg" | "docx" | "xlsx" | "csv" | "ics" | "eml" | "txt";

/** A conversation that people at work have; the first text opens it, the others answer in order. */
export interface Scenario {
  readonly department: string;
  readonly subject: string;
  readonly messages: readonly string[];
  readonly files: readonly FileKind[];
  /** A table of figures that comes with the first message. */
  readonly table?: "measurements" | "budget" | "results";
  /** May be filed in a project's folder. */
  readonly project?: boolean;
}

export type Facts = Readonly<Record<string, string>>;

const CITIES = [
  "Gothenburg",
  "Kraków",
  "Lyon",
  "Rotterdam",
  "Bilbao",
  "Graz",
  "Osaka",
  "Thessaloniki",
  "Bergen",
];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "September", "October", "November"];
const NEWCOMERS = ["Isabel", "Noah", "Amina", "Lukas", "Mei", "Rafael", "Signe", "Tariq", "Ewa"];
const TEAMS = ["engineering", "support", "sales", "the workshop", "finance"];

/** What the slots of one conversation say. */
export function drawFacts(dice: Dice): Facts {
  return {
    project: dice.pick(PROJECTS),
    customer: dice.pick(CUSTOMERS).name,
    city: dice.pick(CITIES),
    day: dice.pick(DAYS),
    month: dice.pick(MONTHS),
    newcomer: dice.pick(NEWCOMERS),
    team: dice.pick(TEAMS),
    quarter: `Q${dice.int(1, 4)}`,
    version: `${dice.int(2, 5)}.${dice.int(0, 14)}`,
    n: String(dice.int(6, 48)),
    page: String(dice.int(3, 9)),
    amount: `${dice.int(2, 89)},${dice.int(1, 9)}00`,
    invoice: `${dice.int(2021, 2026)}-${dice.int(10000, 99999)}`,
    serial: `HX-${dice.int(1000, 9999)}-${dice.pick(["A", "B", "C"])}`,
  };
}

export function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => facts[name] ?? slot);
}
