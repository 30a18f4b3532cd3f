import { lineAt, type Problem, type Rule, type SourceFile } from "./tree.ts";

interface Ban {
  readonly pattern: RegExp;
  readonly where: RegExp;
  readonly words: string;
}

/** The tests of these rules have to spell out what the rules forbid. */
const OWN_TESTS = /^tests\/unit\/scripts\//;
const SWITCHES = "(test|it|describe|suite|bench)(\\.[a-z]+)*";

const BANS: readonly Ban[] = [
  {
    pattern: new RegExp(`\\b${SWITCHES}\\.(skip|only|todo|fails)\\b|\\bx(it|test|describe)\\(`, "g"),
    where: /^tests\//,
    words: "a test that is switched off, or switches others off",
  },
  {
    pattern: new RegExp(`\\b${SWITCHES}\\.(skipIf|runIf)\\b`, "g"),
    where: /^tests\/(?!support\/)/,
    words: "a test that may be skipped; only tests/support decides what a machine lacks",
  },
  {
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/g,
    where: /^(electron|renderer|shared|scripts(?!\/check\/words)|tests)\//,
    words: "a note about unfinished work: finish it, or open an issue",
  },
  {
    pattern: /@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/g,
    where: /^(electron|renderer|shared|scripts(?!\/check\/words)|tests)\//,
    words: "a check switched off",
  },
];

/** No words that switch tests or checks off, and no notes about unfinished work. */
export const words: Rule = (tree) =>
  tree.files.filter(({ path }) => !OWN_TESTS.test(path)).flatMap(findBanned);

function findBanned(file: SourceFile): Problem[] {
  return BANS.filter((ban) => ban.where.test(file.path)).flatMap((ban) =>
    [...file.text.matchAll(ban.pattern)].map((match) => ({
      file: file.path,
      line: lineAt(file.text, match.index),
      words: `${ban.words} (${match[0]})`,
    })),
  );
}
