// Runs in the Electron runtime's Node, after the set-up: one benchmark by name, or all of them.
import { parseArgs } from "node:util";
import { function_, object, parse } from "valibot";
import { build } from "../build.mjs";
import { describeMetric, MetricsSchema } from "./metric.ts";
import { loadNamed, namesIn, UnknownName } from "./named.ts";

const Benchmark = object({ run: function_() });

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false } },
});

try {
  for (const name of positionals.length > 0 ? positionals : namesIn("bench")) {
    const benchmark = parse(Benchmark, await loadNamed("bench", name));
    await build();
    const metrics = parse(MetricsSchema, await benchmark.run());
    if (values.json) console.log(JSON.stringify({ name, metrics }));
    else console.log([name, ...metrics.map(describeMetric)].join("\n"));
  }
} catch (error) {
  console.error(error instanceof UnknownName ? error.message : error);
  process.exitCode = error instanceof UnknownName ? 2 : 1;
}
