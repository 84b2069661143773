import type { Draft } from "immer";
import type { IfZone, Loop } from "../../../runtime/graph/document.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { isIssue, parseRef } from "../../../runtime/graph/refs.ts";
import type { BranchScope, LoopScope } from "../../../runtime/graph/scope.ts";
import { freeName, takenRails } from "../ids.ts";
import type { Key } from "../keys.ts";
import { keyOf } from "../keys.ts";
import type { DocumentDraft } from "./draft.ts";
import { nodeDraft, scopeIn } from "./draft.ts";

/** How a value leaves a loop: as a state that begins with `init` (empty: still to be wired), or collected. */
export type Way = { readonly as: "state"; readonly init: Ref } | { readonly as: "scan" };

/**
 * [E6] Carries a value out of zones by their rails until the body `reader` can read it; rails that carry it already are
 * used. Returns the reference to read there; null where no rail leads there, out of a block.
 */
export function expose(
  draft: DocumentDraft,
  from: { readonly scope: Key; readonly ref: Ref },
  reader: Key,
  way: Way = { as: "state", init: "" },
): Ref | null {
  const scope = scopeIn(draft, from.scope);
  if (`${reader}/`.startsWith(`${keyOf(scope.path)}/`)) return from.ref;
  if (scope.kind === "root") return null;
  const zone = keyOf([...scope.parent.path, scope.id]);
  const name =
    scope.kind === "loop"
      ? railFor(nodeDraft(draft, zone) as Draft<Loop>, scope, from.ref, way)
      : outputFor(nodeDraft(draft, zone) as Draft<IfZone>, scope, from.ref);
  const last = way.as === "scan" && scope.kind === "loop" ? ".last" : "";
  const out = { scope: keyOf(scope.parent.path), ref: `${scope.id}.${name}${last}` };
  return expose(draft, out, reader, way.as === "scan" ? { as: "state", init: "" } : way);
}

function railFor(zone: Draft<Loop>, scope: LoopScope, ref: Ref, way: Way): string {
  if (way.as === "scan") {
    const before = Object.entries(zone.scans ?? {}).find(([, read]) => read === ref)?.[0];
    if (before !== undefined) return before;
  } else {
    const before = Object.entries(zone.states ?? {}).find(([, { next }]) => next === ref)?.[0];
    if (before !== undefined) return before;
  }
  const name = freeName(
    nameOf(ref),
    new Set([...takenRails(scope), ...Object.keys(zone.scans ?? {})]),
  );
  if (way.as === "scan") zone.scans = { ...zone.scans, [name]: ref };
  else zone.states = { ...zone.states, [name]: { init: way.init, next: ref } };
  return name;
}

function outputFor(zone: Draft<IfZone>, { branch }: BranchScope, ref: Ref): string {
  const { outputs } = zone[branch];
  const before = Object.entries(outputs).find(([, read]) => read === ref)?.[0];
  if (before !== undefined) return before;
  const name = freeName(nameOf(ref), new Set(Object.keys(outputs)));
  const other = zone[branch === "then" ? "else" : "then"].outputs;
  outputs[name] = ref;
  other[name] ??= "";
  return name;
}

/** `x0` of `denoise.x0`, `x` of `@x`. */
export function nameOf(ref: Ref): string {
  const parsed = parseRef(ref);
  if (isIssue(parsed)) return "x";
  return parsed.kind === "port" ? parsed.port : (parsed.rest.at(-1) ?? parsed.name);
}
