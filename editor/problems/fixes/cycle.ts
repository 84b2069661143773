import { isLoop } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { loopScope } from "../../../runtime/graph/scope.ts";
import { connect, disconnect } from "../../document/edits/connect.ts";
import { setAt } from "../../document/edits/draft.ts";
import { addState } from "../../document/edits/rails.ts";
import { keyOf, scopeKeyOf, type Key } from "../../document/keys.ts";
import { nodeView } from "../../document/node-view.ts";
import { nodeAt, type NodePlace } from "../../document/places.ts";
import { readsOf, type Read } from "../../document/reads.ts";
import { positionOf } from "../../document/ui.ts";
import { ownerKeyOf } from "../../document/wires.ts";
import { firstValue } from "./first-value.ts";
import type { Fault, Fixer, QuickFix } from "./fix.ts";

/** Wires of a circle that are offered to be cut. */
const most = 3;

/** A circle of nodes is opened at one of its wires, or carried through the loop around it; of a zone that reads its own output its state is read. */
const cycle: Fixer = (fault) => {
  const { analysis, key } = fault;
  const place = nodeAt(analysis.document, key);
  const ids = (fault.issue.got ?? "").split(" → ");
  if (place === null || ids.length < 2) return [];
  const wires = wiresAlong(fault, ids).slice(0, most);
  const cuts = wires.map(cut);
  const [closing] = wires;
  if (closing === undefined) return [];
  if (ids.length === 2 && isLoop(place.node)) return [...ownState(place, wires), ...cuts];
  return [...carry(fault, place, closing), ...cuts];
};

/** The wires between neighbours of a circle in which each node reads the next; first those that may be missing, then those that run back to the left. */
function wiresAlong({ analysis, registry, key }: Fault, ids: readonly string[]): readonly Read[] {
  const { document } = analysis;
  const body = scopeKeyOf(key);
  const at = (id: string): Key => `${body}/${id}`;
  const wires = ids.slice(0, -1).flatMap((id, i) => {
    const source = at(ids[i + 1] ?? "");
    return readsOf(document).filter(({ target, from, inExpression }) => {
      if (inExpression || from?.source.kind !== "port" || ownerKeyOf(from.source) !== source)
        return false;
      return target === at(id) || target.startsWith(`${at(id)}/`);
    });
  });
  const left = (id: Key): number => positionOf(document, id)?.[0] ?? 0;
  const back = ({ from, target }: Read): number =>
    from === null ? 0 : left(ownerKeyOf(from.source)) - left(target);
  const needed = ({ key: end, target }: Read): number => {
    const node = nodeAt(document, target);
    const view = node === null ? null : nodeView(node.scope, node.id, analysis, registry);
    return view?.inputs.find((port) => port.key === end)?.optional === true ? 0 : 1;
  };
  return wires.toSorted((a, b) => needed(a) - needed(b) || back(b) - back(a));
}

const cut = ({ key, ref }: Read): QuickFix => ({
  label: { key: "problems.fix.cut", values: { ref, at: placeName(key) } },
  recipe: (draft) => disconnect(draft, [key]),
});

/** `denoise.x` of the place `graph/denoise/in/x`. */
const placeName = (key: Key): string => {
  const path = key.split("/").filter((word) => word !== "in");
  return path.slice(-2).join(".");
};

/** The value goes by a state: what closed the circle is read one iteration later. */
function carry(fault: Fault, { scope }: NodePlace, closing: Read): readonly QuickFix[] {
  if (scope.kind !== "loop" || keyOf(closing.scope.path) !== keyOf(scope.path)) return [];
  const { analysis } = fault;
  const zone = keyOf([...scope.parent.path, scope.id]);
  const type = closing.from === null ? null : analysis.types.typeOf(closing.from);
  const label = { key: "problems.fix.carry", values: { ref: closing.ref } };
  const recipe: QuickFix["recipe"] = (draft) => {
    const rail = addState(draft, zone, { side: "inside", ref: closing.ref });
    if (rail === null) return;
    setAt(draft, `${rail}/init`, firstValue(analysis, scope, type));
    connect(draft, closing.key, `@${rail.slice(rail.lastIndexOf("/") + 1)}`);
  };
  return [{ label, recipe }];
}

/** Nodes inside that read `zone.x` meant the current value of the state. */
function ownState({ scope, id, node }: NodePlace, wires: readonly Read[]): readonly QuickFix[] {
  if (!isLoop(node)) return [];
  const inner = keyOf(loopScope(scope, id, node).path);
  return wires.flatMap(({ key, ref, scope: reader, from }): readonly QuickFix[] => {
    const name = from?.source.kind === "port" ? from.source.port : "";
    const isInside = `${keyOf(reader.path)}/`.startsWith(`${inner}/`);
    if (own(node.states, name) === undefined || !isInside) return [];
    const to = `@${name}${ref.slice(`${id}.${name}`.length)}`;
    const label = { key: "problems.fix.read", values: { ref: to } };
    return [{ label, recipe: (draft) => connect(draft, key, to) }];
  });
}

export const cycleFixers: Readonly<Record<string, Fixer>> = { "graph.cycle": cycle };
