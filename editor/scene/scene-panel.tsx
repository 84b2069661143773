import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../app/use-studio.ts";
import { pointsOf } from "../viewers/data/points.ts";
import { useFrame } from "../viewers/parts/use-frame.ts";
import { LiveScatterScene } from "../viewers/scene/live-scatter-scene.tsx";
import { densityOf, lineOf, sceneOf, valueAt, type SceneWires } from "./scene-of.ts";
import "./scene.css";

const extent = { x: [-1.5, 1.5], y: [-1.5, 1.5] } as const;

/** The picture that the document asks for: particles on their way, beside the truth. */
export function ScenePanel({ scene }: { readonly scene: SceneWires }) {
  const { t } = useTranslation();
  const document = useEditor(({ history }) => history.present);
  const params = valueAt(document, scene.mixture);
  const prior = useMemo(() => densityOf(params), [params]);
  const exact = useFrame(scene.posterior)?.frame ?? null;
  const posterior = useMemo(() => (exact === null ? null : pointsOf(exact)), [exact]);
  const y = useFrame(scene.measurement)?.frame.data[0];
  const measurement = useMemo(
    () => lineOf(document, scene, typeof y === "number" ? y : null),
    [document, scene, y],
  );
  return (
    <section className="scene" aria-label={t("canvas.scene")}>
      <LiveScatterScene
        wire={scene.particles}
        extent={extent}
        prior={prior}
        measurement={measurement}
        posterior={posterior}
      />
    </section>
  );
}

export const useScene = (): SceneWires | null =>
  useEditor(({ history }) => sceneOf(history.present));
