import { isLoop } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { whyNotAssignable, type PortType } from "../../../runtime/graph/ports.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import type { LoopScope } from "../../../runtime/graph/scope.ts";
import type { Analysis } from "../../document/analysis.ts";
import { keyOf } from "../../document/keys.ts";
import { loopRef } from "../../document/loop-ref.ts";
import { readsOf } from "../../document/reads.ts";

/**
 * What a new state of a zone may begin with: the first value of another one of its type, or a value of its type that the
 * zone reads from outside; open (`""`) where there is none.
 */
export function firstValue(
  { document, types }: Pick<Analysis, "document" | "types">,
  { parent, id, path }: LoopScope,
  wanted: PortType | null,
): Ref {
  const zone = own(parent.body, id);
  if (wanted === null || zone === undefined || !isLoop(zone)) return "";
  const inits = Object.values(zone.states ?? {}).map(({ init }) => init);
  const body = keyOf(path);
  const entering = readsOf(document).flatMap(({ from, scope, inExpression }) => {
    const isInside = `${keyOf(scope.path)}/`.startsWith(`${body}/`);
    const source = from?.source.scope;
    if (from === null || source === undefined || inExpression || !isInside) return [];
    return `${keyOf(source.path)}/`.startsWith(`${body}/`) ? [] : [loopRef(from, parent)];
  });
  const fits = (ref: Ref): boolean => {
    const type = types.typeOfRef(parent, ref);
    return type !== null && type.kind === wanted.kind && whyNotAssignable(type, wanted) === null;
  };
  return [...inits, ...entering].find(fits) ?? "";
}
