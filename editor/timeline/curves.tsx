import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useRun } from "../app/use-studio.ts";
import { labelWidth, tickLabels } from "../viewers/data/tick-labels.ts";
import { usePalette } from "../viewers/parts/palette.ts";
import { own } from "../../runtime/graph/own.ts";
import type { StepMade } from "../run/run-store.ts";
import { positionsOn, seriesOf, type Axis, type Series } from "./timeline-model.ts";

interface Props {
  readonly zone: string;
  readonly steps: readonly StepMade[];
  readonly index: number;
  readonly axis: Axis;
  readonly scrub: (index: number) => void;
}

/** Colours of curves, in order. */
const colours = ["signal", "measurement", "noise", "spectral", "operator", "prior"] as const;

/** Probed numbers over the steps, with the scrubber's place; a click goes there. */
export function Curves({ zone, steps, index, axis, scrub }: Props) {
  const { t } = useTranslation();
  const state = useRun((run) => run);
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  // The canvas has taken the theme's colours.
  const theme = usePalette();
  const series = seriesOf(state, zone, steps);
  const names = series.map(({ wire }) => wire).join("\n");
  const count = own(state.zones, zone)?.count ?? null;
  const latest = useRef({ steps, index, axis, scrub, count });
  latest.current = { steps, index, axis, scrub, count };
  useEffect(() => {
    const host = box.current;
    if (host === null || names === "") return;
    const made = new UPlot(optionsOf(host, names.split("\n"), latest), [[]], host);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize(sizeOf(host)));
    observer.observe(host);
    return () => {
      observer.disconnect();
      made.destroy();
      placeScrubber(host, null);
      plot.current = null;
    };
  }, [names, theme, axis]);
  useEffect(() => {
    plot.current?.setData(dataOf(axis, steps, series));
  });
  if (names === "") return <p className="timeline-hint">{t("run.timeline.no-curves")}</p>;
  return (
    <div className="timeline-curves" ref={box} role="img" aria-label={t("run.timeline.curves")} />
  );
}

type Latest = {
  readonly current: Omit<Props, "zone"> & {
    /** Steps of the zone in all, where that is known. */
    readonly count: number | null;
  };
};

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: Math.max(clientWidth, 80),
  height: Math.max(clientHeight - 24, 48),
});

/** Between ticks of what is counted. */
const wholeIncrements = [1, 2, 5]
  .flatMap((n) => [n, 10 * n, 100 * n, 1000 * n])
  .toSorted((a, b) => a - b);

/** uPlot wants rising positions: σ falls, so its sign is turned. */
const signOf = (axis: Axis): number => (axis === "sigma" ? -1 : 1);

function dataOf(
  axis: Axis,
  steps: readonly StepMade[],
  series: readonly Series[],
): UPlot.AlignedData {
  const xs = positionsOn(axis, steps).map((x) => signOf(axis) * x);
  return [xs, ...series.map(({ values }) => [...values])] as UPlot.AlignedData;
}

function optionsOf(host: HTMLElement, wires: readonly string[], latest: Latest): UPlot.Options {
  const colour = (name: string) => getComputedStyle(host).getPropertyValue(name).trim();
  const lines = { stroke: colour("--text-soft"), grid: { stroke: colour("--line"), width: 1 } };
  const font = `11px ${colour("--mono")}`;
  const { axis } = latest.current;
  const sign = signOf(axis);
  const whole = axis === "step" || axis === "nfe" ? { incrs: wholeIncrements } : {};
  return {
    ...sizeOf(host),
    padding: [8, 8, 0, 0],
    scales: { x: { time: false, range: (_, least, most) => rangeOf(latest.current, least, most) } },
    cursor: { drag: { x: false, y: false } },
    legend: { live: false },
    axes: [
      {
        ...lines,
        ...whole,
        font,
        size: 26,
        values: (_, ticks) => ticks.map((x) => String(sign * x)),
      },
      {
        ...lines,
        font,
        size: (_, labels) => labelWidth(labels ?? [], 48),
        values: (_, ticks) => [...tickLabels(ticks)],
      },
    ],
    series: [
      {},
      ...wires.map((label, i) => ({
        label,
        stroke: colour(`--space-${colours[i % colours.length]}`),
        width: 1.5,
        points: { show: false },
      })),
    ],
    hooks: {
      drawAxes: [({ over }) => placeScrubber(host, over.offsetLeft)],
      draw: [(made) => drawPlace(made, latest, colour("--accent"))],
      ready: [(made) => listen(made, latest)],
    },
  };
}

/** @param start where the first step stands, in pixels; null where there are no curves. */
function placeScrubber(host: HTMLElement, start: number | null): void {
  const style = host.parentElement?.style;
  if (start === null) style?.removeProperty("--curves-start");
  else style?.setProperty("--curves-start", `${start}px`);
}

/** Steps to come have their place already, under theirs on the scrubber. */
function rangeOf(
  { axis, count }: Latest["current"],
  least: number,
  most: number,
): UPlot.Range.MinMax {
  if (axis === "step" && count !== null && count > 1) return [1, count];
  return [least, least === most ? least + 1 : most];
}

/** A line where the scrubber stands. */
function drawPlace(made: UPlot, { current }: Latest, colour: string): void {
  const { steps, index, axis } = current;
  const at = steps.findIndex(({ iteration }) => iteration === index);
  const position = positionsOn(axis, steps)[at];
  if (position === undefined) return;
  const x = made.valToPos(signOf(axis) * position, "x", true);
  const { ctx, bbox } = made;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function listen(made: UPlot, latest: Latest): void {
  made.over.addEventListener("pointerdown", () => {
    const { idx } = made.cursor;
    const step = typeof idx === "number" ? latest.current.steps[idx] : undefined;
    if (step !== undefined) latest.current.scrub(step.iteration);
  });
}
