import type { Studio } from "../app/studio.ts";
import { idOf, scopeAt, scopeKeyOf, uiNameOf, type Key } from "../document/keys.ts";
import { isPlainNode } from "../../runtime/graph/document.ts";
import { hasPorts, plainPorts } from "../../runtime/graph/node-ports.ts";
import { own } from "../../runtime/graph/own.ts";
import { topologicalOrder } from "../../runtime/graph/order.ts";
import type { WireName } from "./run-store.ts";

/** The node that is selected, alone. */
export function nodeOf({ editor }: Studio): Key | null {
  const { selection, history } = editor.getState();
  const [key, ...more] = selection;
  if (key === undefined || more.length > 0) return null;
  const scope = scopeAt(history.present, scopeKeyOf(key));
  return scope !== null && own(scope.body, idOf(key)) !== undefined ? key : null;
}

/** Wires out of a node, as probes name them; zones and blocks tell of theirs inside. */
function wiresOf({ editor, registry }: Studio, key: Key): readonly WireName[] {
  const scope = scopeAt(editor.getState().history.present, scopeKeyOf(key));
  const node = scope === null ? undefined : own(scope.body, idOf(key));
  if (node === undefined || !isPlainNode(node)) return [];
  const ports = plainPorts(registry, node);
  if (!hasPorts(ports)) return [];
  return Object.keys(ports.outputs).map((port) => `${uiNameOf(key)}.${port}`);
}

interface Place {
  readonly zone: string;
  readonly iteration: number;
}

/**
 * Goes to the next node of the zone in the order in which they compute, and has its wires computed as they are in
 * this iteration; after the last one, to the next iteration.
 */
export async function stepNode(studio: Studio, place: Place | null): Promise<void> {
  const { editor, run, view, announce } = studio;
  if (place === null) return;
  const zone = `graph/${place.zone}`;
  const scope = scopeAt(editor.getState().history.present, `${zone}/body`);
  if (scope === null) return;
  const order = topologicalOrder(scope.body).order;
  const selected = nodeOf(studio);
  const before =
    selected !== null && scopeKeyOf(selected) === `${zone}/body` ? idOf(selected) : null;
  const next = order[before === null ? 0 : order.indexOf(before) + 1];
  if (next === undefined) {
    editor.actions.select([]);
    return run.actions.step();
  }
  const key = `${zone}/body/${next}`;
  editor.actions.select([key]);
  view.setState({ flight: { key } });
  announce({ key: "run.at-node", values: { node: next, iteration: place.iteration } });
  const wires = wiresOf(studio, key);
  if (wires.length > 0) await run.actions.inspect(wires, [place.iteration], place.zone);
}

/** Runs until the selected node has computed; of a zone, until an iteration of it is done. */
export function runToNode(studio: Studio): void {
  const key = nodeOf(studio);
  if (key === null) return;
  const [zone = ""] = uiNameOf(key).split("/");
  const [wire = null] = wiresOf(studio, key);
  studio.run.actions.runTo({ wire, zone, condition: "1" });
}
