import { setAt } from "../document/edits/draft.ts";
import type { Recipe } from "../document/history.ts";
import { paramsOf, rounded, type Component, type Vector } from "./mixture.ts";
import type { SceneWires } from "./scene-of.ts";

/** Moves the point that is measured, and with it the line. */
export const moveTruth =
  ({ truth }: SceneWires, [x, y]: Vector): Recipe =>
  (draft) => {
    if (truth === undefined) return;
    setAt(draft, `${truth}/x`, rounded(x));
    setAt(draft, `${truth}/y`, rounded(y));
  };

/** Writes the row of the operator. */
export const setRow =
  ({ weights }: SceneWires, row: Vector): Recipe =>
  (draft) =>
    setAt(draft, weights, row);

export const setNoiseStd =
  ({ noiseStd }: SceneWires, std: number): Recipe =>
  (draft) =>
    setAt(draft, noiseStd, rounded(std));

/** Writes the mixture as a list of its components, also where it was a preset. */
export const setComponents =
  ({ mixture }: SceneWires, components: readonly Component[]): Recipe =>
  (draft) =>
    setAt(draft, mixture, paramsOf(components));
