import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Analysis } from "../document/analysis.ts";
import type { Key } from "../document/keys.ts";
import { lastNameOf } from "../document/wire-name.ts";
import { originAt } from "../document/origin-at.ts";
import type { LooseEnd } from "../document/palette.ts";
import { sinkAt } from "../document/sinks.ts";

/** The type and the name at a handle that a wire was dragged from; null where it is not known. */
export function looseEndAt(analysis: Analysis, registry: Registry, handle: Key): LooseEnd | null {
  const sink = sinkAt(analysis, registry, handle);
  if (sink !== null)
    return sink.wanted === null ? null : { type: sink.wanted, end: "target", name: sink.name };
  const origin = originAt(analysis, registry, handle);
  const type = origin === null ? null : analysis.types.typeOfRef(origin.scope, origin.ref);
  if (origin === null || type === null) return null;
  return { type, end: "source", name: lastNameOf(origin.ref) };
}
