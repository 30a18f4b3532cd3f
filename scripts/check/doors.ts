import type { Rule } from "./tree.ts";
import { isProduct } from "./tree.ts";

/** One door to each dangerous library: the only places of the product that may import it. */
export const DOORS: Readonly<Record<string, readonly string[]>> = {
  electron: ["main.ts", "app/", "windows/", "preload/", "ipc/", "processes/", "update/"].map(
    (place) => `electron/${place}`,
  ),
  "better-sqlite3-multiple-ciphers": ["electron/store/"],
  "@github/keytar": ["electron/vault/"],
  dompurify: ["renderer/content/"],
  "postal-mime": ["electron/protocol/"],
  nodemailer: ["electron/protocol/"],
  "iconv-lite": ["electron/protocol/"],
  htmlparser2: ["electron/protocol/"],
};

/** Development tools that must never be part of what users run. */
const TOOLS = /^(vite|vitest|playwright|@axe-core|fast-check|knip|oxc|fast-xml-parser|typescript|@biome)/;

/** Libraries come through their door only, tools not at all. */
export const doors: Rule = (tree) =>
  tree.files.filter(isProduct).flatMap((file) =>
    file.imports.flatMap(({ specifier, line }) => {
      const name = packageOf(specifier);
      const places = Object.hasOwn(DOORS, name) ? DOORS[name] : undefined;
      const problem = TOOLS.test(name)
        ? `${name} is a development tool: the product may not import it`
        : places && !places.some((place) => file.path.startsWith(place))
          ? `${name} may be imported in ${places.join(", ")} only`
          : null;
      return problem === null ? [] : [{ file: file.path, line, words: problem }];
    }),
  );

/** "@scope/name" of "@scope/name/deep/file.js". */
export function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}
