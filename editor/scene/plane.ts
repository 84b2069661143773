import { z } from "zod";
import type { Document } from "../../runtime/graph/document.ts";
import { pathOf } from "../document/keys.ts";
import { componentsOf, type Component, type Vector } from "./mixture.ts";
import type { SceneWires } from "./scene-of.ts";

/** What a document's numbers say of the plane; null for what it does not say by plain numbers. */
export interface Plane {
  readonly components: readonly Component[] | null;
  /** The row of the operator. */
  readonly row: Vector | null;
  readonly noiseStd: number | null;
  /** The point that is measured. */
  readonly truth: Vector | null;
}

export function planeOf(document: Document, scene: SceneWires): Plane {
  const truth = point.safeParse(valueAt(document, scene.truth)).data;
  return {
    components: componentsOf(valueAt(document, scene.mixture)),
    row: row.safeParse(valueAt(document, scene.weights)).data ?? null,
    noiseStd: z.number().min(0).safeParse(valueAt(document, scene.noiseStd)).data ?? null,
    truth: truth === undefined ? null : [truth.x, truth.y],
  };
}

const point = z.object({ x: z.number(), y: z.number() });
const row = z.tuple([z.number(), z.number()]).refine(([a, b]) => a !== 0 || b !== 0);

/** What stands at a place of the file. */
function valueAt(document: Document, key: string | undefined): unknown {
  let at: unknown = document;
  for (const step of key === undefined ? [] : pathOf(key)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return key === undefined ? undefined : at;
}
