import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useRun } from "../app/use-studio.ts";
import { formatNumber } from "../viewers/data/format-number.ts";
import type { Points } from "../viewers/data/points.ts";
import { ScatterScene } from "../viewers/scene/scatter-scene.tsx";
import type { Density, MeasurementLine, Particles, Scene } from "../viewers/scene/scene.ts";
import { useSamplers } from "../viewers/scene/use-samplers.ts";
import { Coach } from "./coach.tsx";
import { densityOf, type Component } from "./mixture.ts";
import { biasOf } from "./moments.ts";
import { planeOf } from "./plane.ts";
import { PlaneView } from "./plane-view.tsx";
import { sceneOf, samplersOf, type SceneWires } from "./scene-of.ts";
import { useLiveRun } from "./use-live-run.ts";
import { useMeasuredLine } from "./use-measured.ts";
import "./scene.css";

const extent = { x: [-1.5, 1.5], y: [-1.5, 1.5] } as const;

/** The picture that the document asks for: particles on their way, beside the truth; its line and its prior can be moved. */
export function ScenePanel({ scene }: { readonly scene: SceneWires }) {
  const { t } = useTranslation();
  const document = useEditor(({ history }) => history.present);
  const summary = document.about?.summary;
  const live = useLiveRun();
  const plane = useMemo(() => planeOf(document, scene), [document, scene]);
  const line = useMeasuredLine(scene, plane, live.ran);
  const prior = usePrior(plane.components);
  const stale = useRun((state) => state.stale) || live.held;
  const samplers = useParticles(scene, live.held);
  const posterior = useHeldPoints(scene.posterior);
  const likelihood = useLikelihood(line);
  const drawn = useMemo<Scene>(
    () => ({
      extent,
      prior,
      measurement: line,
      likelihood,
      posterior,
      samplers,
      stale,
    }),
    [prior, likelihood, line, posterior, samplers, stale],
  );
  return (
    <section className="scene" aria-label={t("canvas.scene")}>
      {line !== null && <Coach />}
      <ScatterScene
        scene={drawn}
        over={(place, hidden) => (
          <PlaneView {...{ place, hidden, plane, line, prior, scene, live }} />
        )}
        facts={<Bias samplers={samplers} posterior={posterior} stale={stale} />}
      />
      {summary !== undefined && (
        <p className="scene-summary" title={summary}>
          {summary}
        </p>
      )}
    </section>
  );
}

export const useScene = (): SceneWires | null =>
  useEditor(({ history }) => sceneOf(history.present));

/** The same density while the numbers are the same, whatever else of the document changes. */
function usePrior(components: readonly Component[] | null): Density | null {
  const text = JSON.stringify(components);
  return useMemo(() => (components === null ? null : densityOf(components)), [text]);
}

/** The same likelihood while the line's numbers are the same: contours are not found anew for every frame. */
function useLikelihood(line: MeasurementLine | null): Density | null {
  return useMemo(
    () => (line === null || line.noiseStd === 0 ? null : likelihoodOf(line)),
    [line?.a[0], line?.a[1], line?.y, line?.noiseStd],
  );
}

const likelihoodOf =
  ({ a, y, noiseStd }: MeasurementLine): Density =>
  (px, py) =>
    Math.exp(-0.5 * ((a[0] * px + a[1] * py - y) / noiseStd) ** 2);

/** Exact samples; those of the run before stay until there are new ones. */
function useHeldPoints(wire: string): Points | null {
  const frames = useSamplers(
    useMemo(() => [wire], [wire]),
    false,
  );
  return frames[wire]?.points ?? null;
}

function useParticles(scene: SceneWires, held: boolean): readonly Particles[] {
  const wires = useMemo(() => samplersOf(scene), [scene]);
  const frames = useSamplers(wires, held);
  return useMemo(
    () =>
      wires.flatMap((wire) => {
        const frame = frames[wire];
        const name = wires.length === 1 ? null : (wire.split("/")[0] ?? wire);
        return frame === undefined ? [] : [{ name, ...frame }];
      }),
    [wires, frames],
  );
}

interface BiasProps {
  readonly samplers: readonly Particles[];
  readonly posterior: Points | null;
  readonly stale: boolean;
}

/** How far the samplers are from the truth, in numbers. */
function Bias({ samplers, posterior, stale }: BiasProps) {
  const { t } = useTranslation();
  if (posterior === null) return null;
  return (
    <ul className="scene-bias" data-stale={stale} aria-label={t("viewers.scene.biasLabel")}>
      {samplers.map(({ name, points }) => {
        const bias = biasOf(points, posterior);
        if (bias === null) return null;
        const values = { off: formatNumber(bias.off, 2), spread: formatNumber(bias.spread, 2) };
        return (
          <li key={name ?? ""} title={t("viewers.scene.biasHint", values)}>
            {name !== null && <b>{name}</b>}
            <span>{t("viewers.scene.off", values)}</span>
            <span>{t("viewers.scene.spread", values)}</span>
          </li>
        );
      })}
    </ul>
  );
}
