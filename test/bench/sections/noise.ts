import type { Bench } from "../bench.ts";
import { benchNoise } from "../noise.ts";
import type { Section } from "../report.ts";

/** How fast normals are made. */
export async function noise({ quick }: Bench): Promise<Section> {
  return {
    title: "Normals",
    about: "Draws of 3x256x256.",
    figures: await benchNoise(quick ? 0.05 : 1),
  };
}
