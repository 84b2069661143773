import { memo, useState, type MouseEvent } from "react";
import type { Place } from "../viewers/scene/layers.ts";
import type { Density, MeasurementLine } from "../viewers/scene/scene.ts";
import { ComponentHandles } from "./component-handles.tsx";
import { LineHandles } from "./line-handles.tsx";
import type { Vector } from "./mixture.ts";
import type { Plane } from "./plane.ts";
import { Readout } from "./readout.tsx";
import { setComponents } from "./scene-edits.ts";
import type { SceneWires } from "./scene-of.ts";
import type { LiveRun } from "./use-live-run.ts";

interface Props {
  readonly place: Place;
  readonly hidden: ReadonlySet<string>;
  readonly plane: Plane;
  readonly line: MeasurementLine | null;
  readonly prior: Density | null;
  readonly scene: SceneWires;
  readonly live: LiveRun;
}

/** What can be taken hold of in the plane, and the numbers of where the pointer is; a new frame of particles changes none of it. */
export const PlaneView = memo(function PlaneView(props: Props) {
  const { place, hidden, plane, line, prior, scene, live } = props;
  const [pointer, setPointer] = useState<Vector | null>(null);
  const { components, truth } = plane;
  const placeOf = (event: MouseEvent<HTMLElement>): Vector | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return inPlane(place, event.clientX - box.left, event.clientY - box.top);
  };
  const hasPrior = components !== null && !hidden.has("prior");
  const add = (mean: Vector | null): void => {
    if (!hasPrior || mean === null) return;
    const std = components.reduce((sum, each) => sum + each.std, 0) / components.length;
    const weight = components.reduce((sum, each) => sum + each.weight, 0) / components.length;
    const label = { key: "viewers.scene.edits.add" };
    live.apply("add", label, setComponents(scene, [...components, { mean, std, weight }]));
    live.end();
  };
  return (
    <div
      className="scene-plane"
      onPointerMove={(event) => setPointer(placeOf(event))}
      onPointerLeave={() => setPointer(null)}
      onDoubleClick={(event) => add(placeOf(event))}
    >
      {hasPrior && <ComponentHandles {...{ place, components, scene, live }} />}
      {line !== null &&
        truth !== null &&
        scene.truth !== undefined &&
        !hidden.has("measurement") && <LineHandles {...{ place, line, truth, scene, live }} />}
      <Readout at={pointer} prior={prior} line={line} />
    </div>
  );
});

/** Null beside the plot. */
function inPlane({ plot, extent }: Place, px: number, py: number): Vector | null {
  const [x, y] = [(px - plot.left) / plot.width, (py - plot.top) / plot.height];
  if (x < 0 || x > 1 || y < 0 || y > 1) return null;
  return [
    extent.x[0] + x * (extent.x[1] - extent.x[0]),
    extent.y[1] - y * (extent.y[1] - extent.y[0]),
  ];
}
