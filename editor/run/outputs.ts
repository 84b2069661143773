import { own } from "../../runtime/graph/own.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { graphScope } from "../../runtime/graph/scope.ts";
import type { Types } from "../../runtime/graph/types.ts";
import { hasFrames, isOutput } from "./output-frames.ts";
import type { RunState, WireName } from "./run-store.ts";

type Known = Pick<RunState, "leads" | "outputs" | "tracks">;

/** By convention, what a sampler restores: what scores are of. */
const result: WireName = "=x0";

/** Outputs that are tensors: the result, those that come to be in a zone, then those made beside it, then what the task gave (the measurement, the truth). */
export function picturesOf(document: Document, types: Types, run: Known): readonly WireName[] {
  const scope = graphScope(document);
  const own = Object.entries(document.outputs).flatMap(([name, ref]) =>
    types.typeOfRef(scope, ref)?.kind === "tensor" ? [`=${name}`] : [],
  );
  const rank = (wire: WireName) => (wire === result ? -1 : Number(run.leads[wire] === undefined));
  const told = [...Object.keys(run.tracks), ...Object.keys(run.outputs).map((name) => `=${name}`)];
  const given = told.filter(
    (wire) => isOutput(wire) && !Object.hasOwn(document.outputs, wire.slice(1)),
  );
  return [
    ...new Set([
      ...own.toSorted((a, b) => rank(a) - rank(b)),
      ...given.filter((wire) => isPicture(run, wire)),
    ]),
  ];
}

/** Numbers that are collected for each sample have one axis, or none. */
function isPicture(run: Known, wire: WireName): boolean {
  if (!hasFrames(run, wire)) return false;
  const output = run.outputs[wire.slice(1)];
  const shape =
    output?.kind === "tensor"
      ? output.summary.shape
      : own(run.tracks, wire)?.frames.at(-1)?.summary.shape;
  return shape !== undefined && shape.length > 1;
}
