import { useCallback, useMemo, useState } from "react";
import type { Remote } from "comlink";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../data/format-number.ts";
import { layoutOf } from "../data/layout.ts";
import type { Tasks } from "../derive/tasks.ts";
import { useDerived } from "../derive/use-derived.ts";
import { intervalOfRun } from "../draw/axes.ts";
import { defaultRange, type Range } from "../draw/value-range.ts";
import { Chart } from "../parts/chart.tsx";
import { Choice } from "../parts/choice.tsx";
import { SampleChoice } from "../parts/sample-choice.tsx";
import type { ViewerProps } from "./viewer-props.ts";

const spans = ["frame", "run", "type"] as const;
type Span = (typeof spans)[number];
const bins = 96;

/** How the values are spread, and how many lie beyond the range. */
export function HistogramViewer({ name, frame, type, track, large = false }: ViewerProps) {
  const { t } = useTranslation();
  const [sample, setSample] = useState<number | null>(null);
  const [span, setSpan] = useState<Span>("frame");
  const named = defaultRange(type);
  const [low, high] = rangeFor(span, named, track) ?? [null, null];
  const work = useCallback(
    (worker: Remote<Tasks>) =>
      worker.histogram(frame, bins, low === null || high === null ? null : [low, high], sample),
    [frame, low, high, sample],
  );
  const histogram = useDerived(work);
  const data = useMemo<[number[], number[]]>(() => {
    if (histogram === null) return [[], []];
    const [from, to] = histogram.range;
    const xs = Array.from(histogram.counts, (_, i) => from + ((i + 0.5) / bins) * (to - from));
    return [xs, [...histogram.counts]];
  }, [histogram]);
  return (
    <>
      <Chart
        label={t("viewers.histogram.label", { name })}
        data={data}
        x={t("viewers.axis.value")}
        y={t("viewers.axis.count")}
        lines={[{ name: t("viewers.axis.count"), colour: "space-signal", fill: true, width: 1 }]}
        steps
      />
      <div className="viewers-controls">
        <SampleChoice count={layoutOf(frame.shape).batch} sample={sample} onChange={setSample} />
        <Choice
          label={t("viewers.range.label")}
          value={span}
          options={spans
            .filter((value) => value !== "type" || named !== "auto")
            .map((value) => ({
              value,
              title: value === "type" ? named : t(`viewers.histogram.${value}`),
            }))}
          onChange={setSpan}
        />
        {histogram !== null && (
          <span className="viewers-facts" translate="no">
            {large &&
              `μ ${formatNumber(histogram.stats.mean)}  σ ${formatNumber(histogram.stats.std)}  `}
            {histogram.below > 0 && `< ${histogram.below}  `}
            {histogram.above > 0 && `> ${histogram.above}`}
          </span>
        )}
      </div>
    </>
  );
}

function rangeFor(
  span: Span,
  named: ReturnType<typeof defaultRange>,
  track: ViewerProps["track"],
): Range | null {
  if (span === "type") return named === "[0,1]" ? [0, 1] : [-1, 1];
  return span === "run" ? intervalOfRun(track?.frames ?? []) : null;
}
