import { RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../viewers/data/format-number.ts";
import { padded, type Extent } from "../viewers/draw/axes.ts";
import { toX, toY } from "../viewers/draw/paint-axes.ts";
import type { Place } from "../viewers/scene/layers.ts";
import type { MeasurementLine } from "../viewers/scene/scene.ts";
import { Handle } from "./handle.tsx";
import {
  angleOf,
  distanceOf,
  footOf,
  moved,
  rowAlong,
  spanWithin,
  turned,
  waysOf,
} from "./line.ts";
import type { Vector } from "./mixture.ts";
import { moveTruth, setNoiseStd, setRow } from "./scene-edits.ts";
import type { SceneWires } from "./scene-of.ts";
import type { LiveRun } from "./use-live-run.ts";
import { useDragInPlane } from "./use-drag-in-plane.ts";

interface Props {
  readonly place: Place;
  readonly line: MeasurementLine;
  readonly truth: Vector;
  readonly scene: SceneWires;
  readonly live: LiveRun;
}

/** Steps of the arrow keys: in the plane, and of the angle in degrees; with Shift. */
const steps = { plane: [0.05, 0.005], angle: [3, 0.3] } as const;

/** The measured point, and the line through what is measured of it: to be moved, shifted and turned. */
export function LineHandles({ place, line, truth, scene, live }: Props) {
  const { t } = useTranslation();
  const { along, across } = waysOf(line);
  const foot = footOf(line, truth);
  const [grip, wheel] = gripsOn(place.extent, foot, along);
  const apply = (gesture: string, recipe: Parameters<LiveRun["apply"]>[2]): void =>
    live.apply(gesture, { key: `viewers.scene.edits.${gesture}` }, recipe);
  const shift = (by: number): void => apply("line", moveTruth(scene, moved(truth, across, by)));
  const turnTo = (to: Vector): void => {
    const way: Vector = [to[0] - truth[0], to[1] - truth[1]];
    if (Math.hypot(...way) > 1e-6)
      apply("turn", setRow(scene, rowAlong(line.a, wheel < 0 ? [-way[0], -way[1]] : way)));
  };
  const common = { place, onEnd: live.end };
  const number = (value: number): string => formatNumber(value, 3);
  return (
    <>
      <Grasp
        {...{ place, line, foot, along, onEnd: live.end }}
        onDrag={(to) => shift(distanceOf(line, to))}
      />
      <Handle
        {...common}
        look="line"
        at={moved(foot, along, grip)}
        name={t("viewers.scene.handle.line")}
        value={t("viewers.scene.lineValue", { y: number(line.y), std: number(line.noiseStd) })}
        now={line.y}
        style={{ rotate: `${-angleOf(line.a)}deg` }}
        onDrag={(to) => shift(distanceOf(line, to))}
        onNudge={(way, isFine) => shift(sideOf(way, across) * steps.plane[isFine ? 1 : 0])}
        onScale={(factor) => apply("noise", setNoiseStd(scene, clampStd(line.noiseStd * factor)))}
      />
      <Handle
        {...common}
        look="turn"
        at={moved(foot, along, wheel)}
        name={t("viewers.scene.handle.turn")}
        value={t("viewers.scene.turnValue", {
          angle: number(angleOf(line.a)),
          a: number(line.a[0]),
          b: number(line.a[1]),
        })}
        now={angleOf(line.a)}
        onDrag={turnTo}
        onNudge={([x, y], isFine) =>
          apply("turn", setRow(scene, turned(line.a, (y - x) * steps.angle[isFine ? 1 : 0])))
        }
      >
        <RotateCw size={11} aria-hidden />
      </Handle>
      <Handle
        {...common}
        look="truth"
        at={truth}
        name={t("viewers.scene.handle.truth")}
        value={t("viewers.scene.pointValue", { x: number(truth[0]), y: number(truth[1]) })}
        now={truth[0]}
        onDrag={(to) => apply("truth", moveTruth(scene, to))}
        onNudge={(way, isFine) =>
          apply("truth", moveTruth(scene, moved(truth, way, steps.plane[isFine ? 1 : 0])))
        }
      />
    </>
  );
}

const clampStd = (std: number): number => Math.min(2, Math.max(0.005, std));

/** To which side of the line an arrow points; along the line itself, to the right is up. */
function sideOf(way: Vector, across: Vector): number {
  const side = way[0] * across[0] + way[1] * across[1];
  return Math.abs(side) > 1e-6 ? Math.sign(side) : way[0] + way[1];
}

/** Where the handles lie on the line, from its foot: to either side where there is room, and always in sight. */
function gripsOn({ x, y }: Extent, foot: Vector, along: Vector): readonly [number, number] {
  const inner = { x: padded(x, -0.07), y: padded(y, -0.07) };
  const [low, high] = spanWithin(inner, foot, along) ?? [-1, 1];
  const within = (at: number): number => Math.min(high, Math.max(low, at));
  const [grip, wheel] = [within(-0.6), within(0.9)];
  return Math.abs(wheel - grip) > 0.3 ? [grip, wheel] : [grip, within(grip - 0.4)];
}

interface GraspProps {
  readonly place: Place;
  readonly line: MeasurementLine;
  readonly foot: Vector;
  readonly along: Vector;
  readonly onDrag: (to: Vector) => void;
  readonly onEnd: () => void;
}

/** The line can be taken anywhere; keys have its handle. */
function Grasp({ place, line, foot, along, onDrag, onEnd }: GraspProps) {
  const drag = useDragInPlane({ place, at: foot, onDrag, onEnd });
  const [low, high] = spanWithin(place.extent, foot, along) ?? [0, 0];
  const [from, to] = [moved(foot, along, low), moved(foot, along, high)];
  const angle = Math.abs(angleOf(line.a));
  return (
    <svg className="scene-grasp" aria-hidden>
      <line
        {...drag}
        x1={toX(place.plot, place.extent, from[0])}
        y1={toY(place.plot, place.extent, from[1])}
        x2={toX(place.plot, place.extent, to[0])}
        y2={toY(place.plot, place.extent, to[1])}
        style={{ cursor: angle > 45 ? "ew-resize" : "ns-resize" }}
      />
    </svg>
  );
}
