import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { FrameTrack } from "../../run/run-store.ts";
import { floatsOf } from "../data/floats.ts";
import { layoutOf } from "../data/layout.ts";
import { Chart } from "../parts/chart.tsx";
import type { ColourName } from "../parts/palette.ts";
import type { ViewerProps } from "./viewer-props.ts";

/** One-dimensional tensors as lines; of all others how mean and extremes go from iteration to iteration. */
export function CurveViewer(props: ViewerProps) {
  const layout = layoutOf(props.frame.shape);
  if (layout.kind === "sequence")
    return <Lines {...props} lines={layout.channels} length={layout.length} />;
  if (layout.kind === "points" && layout.dims > 3 && layout.batch < 8)
    return <Lines {...props} lines={layout.batch} length={layout.dims} />;
  return <OverIterations {...props} />;
}

const lineColours = [
  "space-signal",
  "space-measurement",
  "space-noise",
  "space-spectral",
  "space-operator",
  "space-prior",
] as const satisfies readonly ColourName[];

/** The most points a line is drawn through; of longer ones every so-manieth is taken. */
const mostPoints = 4096;

function Lines({
  name,
  frame,
  lines,
  length,
}: ViewerProps & { readonly lines: number; readonly length: number }) {
  const { t } = useTranslation();
  const shown = Math.min(lines, lineColours.length);
  const data = useMemo<[number[], ...number[][]]>(() => {
    const values = floatsOf(frame);
    const step = Math.ceil(length / mostPoints);
    const xs = Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
    const line = (at: number) => xs.map((x) => values[at * length + x] ?? NaN);
    return [xs, ...Array.from({ length: shown }, (_, i) => line(i))];
  }, [frame, length, shown]);
  return (
    <>
      <Chart
        label={t("viewers.curve.label", { name })}
        data={data}
        x={t("viewers.axis.index")}
        y={t("viewers.axis.value")}
        lines={Array.from({ length: shown }, (_, i) => ({
          name: t("viewers.curve.line", { number: i }),
          colour: lineColours[i] ?? "space-signal",
          width: 1,
        }))}
      />
      {lines > shown && (
        <div className="viewers-controls">
          <span className="viewers-facts">{t("viewers.curve.more", { shown, count: lines })}</span>
        </div>
      )}
    </>
  );
}

function OverIterations({ name, frame, track, index }: ViewerProps) {
  const { t } = useTranslation();
  const isScalar = floatsOf(frame).length === 1;
  const data = useMemo(() => seriesOf(track, isScalar), [track, isScalar]);
  const mean = { name: t("viewers.stats.mean"), colour: "space-signal" } as const;
  const ends = [
    { name: t("viewers.stats.max"), colour: "line-strong", width: 1 },
    { name: t("viewers.stats.min"), colour: "line-strong", width: 1 },
  ] as const;
  return (
    <Chart
      label={t("viewers.curve.iterations", { name })}
      data={data}
      x={t("viewers.axis.frame")}
      y={isScalar ? t("viewers.axis.value") : t("viewers.stats.mean")}
      lines={isScalar ? [{ ...mean, name: t("viewers.axis.value") }] : [mean, ...ends]}
      {...(isScalar ? {} : { band: [2, 3] as const })}
      {...(index < 0 ? {} : { mark: index })}
    />
  );
}

/** Mean, then largest and least, of every frame. */
function seriesOf(track: FrameTrack | null, isScalar: boolean): [number[], ...(number | null)[][]] {
  const frames = track?.frames ?? [];
  const of = (pick: (summary: (typeof frames)[number]["summary"]) => number) =>
    frames.map(({ summary }) => (Number.isFinite(pick(summary)) ? pick(summary) : null));
  const means = of(({ mean }) => mean);
  const xs = frames.map((_, i) => i);
  return isScalar ? [xs, means] : [xs, means, of(({ max }) => max), of(({ min }) => min)];
}
