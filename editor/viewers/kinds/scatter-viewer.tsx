import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { intervalAlong, pointsOf, type Points } from "../data/points.ts";
import { intervalOfRun, padded, withEqualUnits, type Extent } from "../draw/axes.ts";
import { createCloudLayer, opacityFor, radiusFor } from "../draw/cloud-layer.ts";
import { paintAxes, plotIn } from "../draw/paint-axes.ts";
import { strokeSegments } from "../draw/stroke-segments.ts";
import type { Segments } from "../draw/contours.ts";
import type { AxisPair } from "../draw/splat.ts";
import { useDerived } from "../derive/use-derived.ts";
import { Choice } from "../parts/choice.tsx";
import { bytesOf, faded, usePalette } from "../parts/palette.ts";
import { Surface, type Draw } from "../parts/surface.tsx";
import { axisStyle } from "../parts/axis-style.ts";
import type { ViewerProps } from "./viewer-props.ts";

interface Props extends ViewerProps {
  /** Another cloud to compare with, such as exact samples of the posterior. */
  readonly reference?: Points | undefined;
}

const spans = ["run", "frame"] as const;
const parts = [0.9, 0.6, 0.3] as const;

/** A batch as points of the plane, with lines around the densest 30, 60 and 90 % of them. */
export function ScatterViewer({ name, frame, track, reference }: Props) {
  const { t } = useTranslation();
  const points = useMemo(() => pointsOf(frame), [frame]);
  const [chosen, setAxes] = useState<AxisPair>([0, 1]);
  const [span, setSpan] = useState<(typeof spans)[number]>("run");
  const axes = useMemo<AxisPair>(
    () => [Math.min(chosen[0], points.dims - 1), Math.min(chosen[1], points.dims - 1)],
    [chosen, points.dims],
  );
  const whole = useMemo(() => intervalOfRun(track?.frames ?? []), [track]);
  const [low, high] = whole ?? [NaN, NaN];
  const extent = useMemo<Extent>(() => {
    if (span === "run" && !Number.isNaN(low))
      return { x: padded([low, high]), y: padded([low, high]) };
    const along = (axis: number) => padded(intervalAlong(points, axis) ?? [-1, 1]);
    return { x: along(axes[0]), y: along(axes[1]) };
  }, [span, low, high, points, axes]);
  const contours = useContours(frame, axes, extent);
  const palette = usePalette();
  const [layer] = useState(createCloudLayer);
  const names = [`x${subscript(axes[0])}`, `x${subscript(axes[1])}`] as const;
  const draw = useCallback<Draw>(
    (context, room) => {
      const plot = plotIn(room);
      const equal = withEqualUnits(extent, plot.width, plot.height);
      paintAxes(context, plot, equal, axisStyle(palette, names));
      const place = { plot, extent: equal, ratio: room.ratio };
      const look = (cloud: Points) => ({
        points: cloud,
        axes,
        radius: radiusFor(cloud.count),
        opacity: opacityFor(cloud.count),
      });
      if (reference !== undefined)
        layer.paint(context, place, {
          ...look(reference),
          colour: bytesOf(palette["space-operator"]),
        });
      layer.paint(context, place, { ...look(points), colour: bytesOf(palette["space-signal"]) });
      context.strokeStyle = faded(palette.text, 0.55);
      context.lineWidth = 1;
      for (const lines of contours ?? []) strokeSegments(context, plot, equal, lines);
    },
    // the names follow the axes
    [extent, points, axes, reference, contours, palette, layer],
  );
  return (
    <>
      <Surface draw={draw} label={t("viewers.scatter.label", { name, count: points.count })} />
      <div className="viewers-controls">
        {points.dims > 2 && <AxisChoices dims={points.dims} axes={axes} onChange={setAxes} />}
        <Choice
          label={t("viewers.scatter.span")}
          value={span}
          options={spans.map((value) => ({ value, title: t(`viewers.scatter.${value}`) }))}
          onChange={setSpan}
        />
      </div>
    </>
  );
}

function useContours(frame: ViewerProps["frame"], axes: AxisPair, extent: Extent) {
  const work = useCallback(
    async (worker: Parameters<Parameters<typeof useDerived>[0]>[0]) =>
      (frame.shape[0] ?? 0) < 200 ? [] : worker.contours(frame, axes, extent, parts),
    [frame, axes, extent],
  );
  return useDerived<readonly Segments[]>(work);
}

const mostAxes = 64;

function AxisChoices({
  dims,
  axes,
  onChange,
}: {
  readonly dims: number;
  readonly axes: AxisPair;
  readonly onChange: (axes: AxisPair) => void;
}) {
  const { t } = useTranslation();
  const options = Array.from({ length: Math.min(dims, mostAxes) }, (_, i) => ({
    value: String(i),
    title: `x${subscript(i)}`,
  }));
  return (
    <>
      <Choice
        label={t("viewers.scatter.across")}
        value={String(axes[0])}
        options={options}
        onChange={(value) => onChange([Number(value), axes[1]])}
      />
      <Choice
        label={t("viewers.scatter.up")}
        value={String(axes[1])}
        options={options}
        onChange={(value) => onChange([axes[0], Number(value)])}
      />
    </>
  );
}

/** `1` for the first: coordinates are counted from one, as formulas do. */
export const subscript = (axis: number): string =>
  [...String(axis + 1)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join("");
