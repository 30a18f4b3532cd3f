import { parse, safeParse } from "valibot";
import { describe, expect, test } from "vitest";
import { describeMetric, MetricsSchema, metric } from "../../../../scripts/frame/metric.ts";
import { loadNamed, namesIn, UnknownName } from "../../../../scripts/frame/named.ts";

describe("a benchmark's figure", () => {
  const figure = { metric: "rate", unit: "messages/s", ours: 500, peer: 400, peerName: "no store" };

  test("has a ratio that is better when higher, whichever way the figure is", () => {
    expect(metric({ ...figure, better: "higher" }).ratio).toBe(1.25);
    expect(metric({ ...figure, better: "lower" }).ratio).toBe(0.8);
  });

  test("has these fields and no others", () => {
    const made = metric({ ...figure, better: "higher" });
    expect(Object.keys(made).sort()).toEqual(["metric", "ours", "peer", "peerName", "ratio", "unit"]);
    expect(parse(MetricsSchema, [made])).toEqual([made]);
  });

  test.each([
    ["nothing was measured", { ...figure, better: "higher", peer: 0 } as const],
    ["the clock ran backwards", { ...figure, better: "higher", ours: -1 } as const],
    ["a figure is no number", { ...figure, better: "lower", ours: Number.NaN } as const],
  ])("is refused when %s", (_why, broken) => {
    expect(safeParse(MetricsSchema, [metric(broken)]).success).toBe(false);
  });

  test("fits on one line", () => {
    expect(describeMetric(metric({ ...figure, better: "higher" }))).toBe(
      "  rate             500 messages/s, no store: 400 messages/s; ratio 1.25",
    );
  });
});

describe("scripts by name", () => {
  test("are the files of their folder", () => {
    expect(namesIn("frame")).toEqual(["bench", "metric", "named", "soak"]);
    expect(namesIn("no-such-folder")).toEqual([]);
  });

  test("are loaded by name", async () => {
    await expect(loadNamed("frame", "metric")).resolves.toHaveProperty("describeMetric", describeMetric);
  });

  test.each(["", "gone", "../check/tree", "metric.ts", "./metric", "__proto__"])(
    "%j is no name",
    async (name) => {
      await expect(loadNamed("frame", name)).rejects.toThrow(UnknownName);
    },
  );
});
