import type UPlot from "uplot";
import { formatNumber } from "../data/format-number.ts";
import { labelWidth, tickLabels } from "../data/tick-labels.ts";
import { faded, type ColourName, type Palette } from "./palette.ts";

export interface ChartLine {
  readonly name: string;
  readonly colour: ColourName;
  readonly fill?: boolean;
  readonly width?: number;
}

export interface ChartLook {
  readonly lines: readonly ChartLine[];
  /** Names of the axes. */
  readonly x: string;
  readonly y: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  readonly steps?: boolean;
  /** Lines are counted from 1; between the two the chart is shaded. */
  readonly band?: readonly [upper: number, lower: number];
  /** A place along x that is marked: where the scrubber stands. */
  readonly mark?: number;
}

/** What the drawing library is told, in the theme's colours. */
export function chartOptions(look: ChartLook, palette: Palette, box: HTMLElement): UPlot.Options {
  const isSmall = box.clientHeight < 140;
  const font = `11px ${getComputedStyle(box).fontFamily}`;
  const axis = (label: string, size: UPlot.Axis.Size, space: number): UPlot.Axis => ({
    stroke: palette["text-soft"],
    font,
    labelFont: font,
    size,
    gap: 3,
    space,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { show: false },
    values: (_, ticks) => [...tickLabels(ticks)],
    ...(isSmall ? {} : { label, labelSize: 18, labelGap: 0 }),
  });
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [8, 12, 0, 0],
    legend: { show: !isSmall && box.clientHeight > 260, live: true },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, ...(look.logX === true ? { distr: 3 } : {}) },
      y: look.logY === true ? { distr: 3 } : {},
    },
    axes: [
      { ...axis(look.x, 24, 60), ...(look.logX === true ? logarithmic : {}) },
      { ...axis(look.y, besideY, 28), ...(look.logY === true ? logarithmic : {}) },
    ],
    series: [
      { label: look.x, value: numberOf },
      ...look.lines.map((line) => seriesOf(line, look, palette)),
    ],
    ...(look.band === undefined
      ? {}
      : { bands: [{ series: [...look.band], fill: faded(palette["space-signal"], 0.16) }] }),
    hooks: { draw: [(plot) => drawMark(plot, look.mark, palette)] },
  };
}

const besideY: UPlot.Axis.Size = (_, labels) => labelWidth(labels ?? [], 50);

/** Powers of ten, at most about six of them. */
const decades: UPlot.Axis.Splits = (_, __, low, high) => {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const step = Math.max(1, Math.ceil((last - first) / 5));
  return Array.from(
    { length: Math.floor((last - first) / step) + 1 },
    (_, i) => 10 ** (first + i * step),
  );
};

const logarithmic: Partial<UPlot.Axis> = {
  splits: decades,
  values: (_, ticks) => ticks.map((tick) => (tick === null ? "" : formatNumber(tick, 3))),
};

const numberOf = (_: UPlot, value: number | null): string =>
  value === null ? "" : formatNumber(value);

function seriesOf(line: ChartLine, { steps = false }: ChartLook, palette: Palette): UPlot.Series {
  const stroke = palette[line.colour];
  return {
    label: line.name,
    stroke,
    width: line.width ?? 1.5,
    value: numberOf,
    points: { show: false },
    ...(line.fill === true ? { fill: faded(stroke, 0.3) } : {}),
    ...(steps ? { paths: stepPaths } : {}),
  };
}

/** Steps around each place along x, as the bins of a histogram are. */
const stepPaths: UPlot.Series.PathBuilder = (plot, series, from, to) => {
  const [xs, ys] = [plot.data[0], plot.data[series] ?? []];
  const at = (value: number): number => plot.valToPos(value, "x", true);
  const half = xs.length > 1 ? (at(xs[1] ?? 0) - at(xs[0] ?? 0)) / 2 : 4;
  const base = plot.bbox.top + plot.bbox.height;
  const [stroke, fill] = [new Path2D(), new Path2D()];
  for (let i = from; i <= to; i++) {
    const value = ys[i];
    const x = at(xs[i] ?? 0);
    const y =
      value === null || value === undefined || value <= 0
        ? base
        : Math.min(base, plot.valToPos(value, "y", true));
    if (i === from) stroke.moveTo(x - half, base);
    stroke.lineTo(x - half, y);
    stroke.lineTo(x + half, y);
    fill.rect(x - half, y, 2 * half, base - y);
  }
  return { stroke, fill };
};

function drawMark(plot: UPlot, mark: number | undefined, palette: Palette): void {
  if (mark === undefined) return;
  const x = Math.round(plot.valToPos(mark, "x", true)) + 0.5;
  const { top, height, left, width } = plot.bbox;
  if (x < left || x > left + width) return;
  plot.ctx.save();
  plot.ctx.strokeStyle = palette.accent;
  plot.ctx.lineWidth = devicePixelRatio;
  plot.ctx.beginPath();
  plot.ctx.moveTo(x, top);
  plot.ctx.lineTo(x, top + height);
  plot.ctx.stroke();
  plot.ctx.restore();
}
