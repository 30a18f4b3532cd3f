import { cycles } from "./cycles.ts";
import { doors } from "./doors.ts";
import { layers } from "./layers.ts";
import { layout } from "./layout.ts";
import { purity } from "./purity.ts";
import { sizes, testLines } from "./sizes.ts";
import type { Rule } from "./tree.ts";
import { words } from "./words.ts";

/** Every rule that is this project's own, by the name it is reported under. */
export const RULES: Readonly<Record<string, Rule>> = {
  "import rule": layers,
  "one door": doors,
  cycles,
  purity,
  sizes,
  "test lines": testLines,
  layout,
  words,
};
