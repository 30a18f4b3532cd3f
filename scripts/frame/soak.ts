// Runs in the Electron runtime's Node, after the set-up: a long test by name, with its own arguments.
import { function_, object, parse } from "valibot";
import { loadNamed, namesIn, UnknownName } from "./named.ts";

const Soak = object({ run: function_() });

const [name, ...args] = process.argv.slice(2);
try {
  if (name === undefined)
    throw new UnknownName(`usage: npm run soak -- NAME [arguments]\nnames: ${namesIn("soak").join(", ")}`);
  await parse(Soak, await loadNamed("soak", name)).run(args);
} catch (error) {
  console.error(error instanceof UnknownName ? error.message : error);
  process.exitCode = error instanceof UnknownName ? 2 : 1;
}
