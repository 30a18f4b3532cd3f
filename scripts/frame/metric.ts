import { array, finite, minValue, number, object, pipe, string } from "valibot";

const positive = pipe(number(), finite(), minValue(0));

/** What a benchmark answers: each figure of ours beside a peer's of the same run, on the same machine. */
export const MetricsSchema = array(
  object({
    metric: string(),
    unit: string(),
    ours: positive,
    peer: positive,
    /** What the peer is, in a few words. */
    peerName: string(),
    /** Better when higher; 1 is as good as the peer. */
    ratio: positive,
  }),
);

export interface Metric {
  readonly metric: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly ratio: number;
}

/** A figure with its ratio, which is better when higher whichever way the figure itself is better. */
export function metric(figure: Omit<Metric, "ratio"> & { readonly better: "higher" | "lower" }): Metric {
  const { better, ...rest } = figure;
  const ratio = better === "higher" ? figure.ours / figure.peer : figure.peer / figure.ours;
  return { ...rest, ratio: Number(ratio.toFixed(4)) };
}

/** One line for a person. */
export function describeMetric({ metric: name, unit, ours, peer, peerName, ratio }: Metric): string {
  const round = (value: number) => Number(value.toPrecision(4));
  return `  ${name.padEnd(16)} ${round(ours)} ${unit}, ${peerName}: ${round(peer)} ${unit}; ratio ${ratio.toFixed(2)}`;
}
