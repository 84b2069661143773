import type { Studio } from "../app/studio.ts";
import { idOf, scopeAt, scopeKeyOf, type Key } from "../document/keys.ts";
import { own } from "../../runtime/graph/own.ts";
import { topologicalOrder } from "../../runtime/graph/order.ts";

/** The node that is selected, alone. */
function nodeOf({ editor }: Studio): Key | null {
  const { selection, history } = editor.getState();
  const [key, ...more] = selection;
  if (key === undefined || more.length > 0) return null;
  const scope = scopeAt(history.present, scopeKeyOf(key));
  return scope !== null && own(scope.body, idOf(key)) !== undefined ? key : null;
}

interface Place {
  readonly zone: string;
  readonly iteration: number;
}

/**
 * Goes to the next node of the zone in the order in which they compute, and shows what goes into it and comes out
 * of it in this iteration; after the last one, to the next iteration.
 */
export function stepNode(studio: Studio, place: Place): void {
  const { editor, run, view, announce } = studio;
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
    return stepOn(studio, place);
  }
  const key = `${zone}/body/${next}`;
  editor.actions.select([key]);
  run.actions.scrub([place.iteration], place.zone);
  view.setState({ flight: { key }, right: "inspector", values: true });
  announce({ key: "run.at-node", values: { node: next, step: place.iteration + 1 } });
}

/** To the next iteration: one that was done, or one that is done now. */
function stepOn({ run }: Studio, { zone, iteration }: Place): void {
  const done = run.getState().zones[zone]?.iteration ?? 0;
  if (iteration + 1 < done) run.actions.scrub([iteration + 1], zone);
  else if (run.getState().phase === "paused") run.actions.step();
}
