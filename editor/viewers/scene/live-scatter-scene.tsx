import { useMemo } from "react";
import { pointsOf } from "../data/points.ts";
import { useFrame } from "../parts/use-frame.ts";
import { ScatterScene } from "./scatter-scene.tsx";
import type { Scene } from "./scene.ts";
import { useTrails } from "./use-trails.ts";

interface Props extends Omit<Scene, "particles" | "trails"> {
  /** The wire that carries the particles, [N, 2]. */
  readonly wire: string;
}

/** The scene around a wire of the run; the particles follow the scrubber. */
export function LiveScatterScene({ wire, ...scene }: Props) {
  const shown = useFrame(wire);
  const trails = useTrails(wire, shown);
  const frame = shown?.frame ?? null;
  const particles = useMemo(() => (frame === null ? null : pointsOf(frame)), [frame]);
  return <ScatterScene {...scene} particles={particles} trails={trails} />;
}
