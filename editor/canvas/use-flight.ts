import { useEffect } from "react";
import { useStudio, useView } from "../app/use-studio.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { scopeKeyOf, type Key } from "../document/keys.ts";
import { thingAt } from "../inspector/thing.ts";
import { whole, type Fit } from "./use-fit.ts";
import type { LiveFlow } from "./use-flow.ts";

/** Flies to a thing that is asked for: dives into its body where it is not drawn, selects it and brings it into sight. */
export function useFlight(flow: LiveFlow["flow"], fit: Fit): void {
  const { editor, view } = useStudio();
  const flight = useView((state) => state.flight);
  useEffect(() => {
    if (flight === null) return;
    const { history, scope } = editor.getState();
    const { body, ends } = whereIs(history.present, flight.key, flow);
    if (ends === null && scope !== body) return editor.actions.dive(body);
    view.setState({ flight: null });
    editor.actions.select([flight.key]);
    fit({ ...whole(), padding: 0.6 }, ends ?? []);
  }, [flight, flow, editor, view, fit]);
}

/** The body that a thing lies in, and what is to be seen of it: a wire's two ends. Null where it is not drawn. */
function whereIs(document: Document, key: Key, { nodes, edges }: LiveFlow["flow"]) {
  const thing = thingAt(document, key);
  if (thing?.kind !== "wire") {
    const isDrawn = nodes.some(({ id }) => id === key);
    return { body: scopeKeyOf(key), ends: isDrawn ? [key] : null };
  }
  const wire = edges.find(({ id }) => id === key);
  const ends = wire === undefined ? null : [wire.source, wire.target];
  return { body: scopeKeyOf(thing.read.target), ends };
}
