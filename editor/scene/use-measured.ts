import { useEffect, useMemo, useState } from "react";
import type { Document } from "../../runtime/graph/document.ts";
import { useFrame } from "../viewers/parts/use-frame.ts";
import type { MeasurementLine } from "../viewers/scene/scene.ts";
import { dot } from "./line.ts";
import { planeOf, type Plane } from "./plane.ts";
import type { SceneWires } from "./scene-of.ts";

/** How a run's measurement lies beside what is measured: by noise, in units of its std; else just its value. */
type Drawn = { readonly noise: number } | { readonly y: number };

/** The line of the measurement, as the document's numbers have it now: the noise that a run drew stays the same. */
export function useMeasuredLine(
  scene: SceneWires,
  { row, noiseStd, truth }: Plane,
  ran: Document | null,
): MeasurementLine | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const frame = useFrame(scene.measurement)?.frame;
  useEffect(() => {
    const y = frame?.data[0];
    if (typeof y !== "number") return;
    const then = ran === null ? null : planeOf(ran, scene);
    const isKnown = then !== null && then.row !== null && then.truth !== null && then.noiseStd;
    setDrawn(
      isKnown && then.row !== null && then.truth !== null
        ? { noise: (y - dot(then.row, then.truth)) / isKnown }
        : { y },
    );
    // A frame belongs to the run that is known when it comes.
  }, [frame]);
  return useMemo(() => {
    if (row === null || noiseStd === null || drawn === null) return null;
    const y = "y" in drawn ? drawn.y : truth && dot(row, truth) + noiseStd * drawn.noise;
    return y === null ? null : { a: row, y, noiseStd };
  }, [row?.[0], row?.[1], noiseStd, truth?.[0], truth?.[1], drawn]);
}
