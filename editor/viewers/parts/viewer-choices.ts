import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { PortType } from "../../../runtime/graph/ports.ts";
import type { Shape } from "../../../runtime/tensor/tensor.ts";
import { viewersFor, type ViewerName } from "../viewers-for.ts";

/** The viewer that a person chose for a wire, as long as the page is open. */
const choices = createStore<Readonly<Record<string, ViewerName>>>(() => ({}));

/** The viewers that a wire's tensor may have, the one that is shown, and how to choose another. */
export function useViewerChoice(wire: string, type: PortType | null, shape: Shape) {
  const chosen = useStore(choices, (all) => all[wire]);
  const viewers = viewersFor(type, shape);
  const viewer =
    chosen !== undefined && viewers.includes(chosen) ? chosen : (viewers[0] ?? "numbers");
  return { viewers, viewer, choose: (next: ViewerName) => choices.setState({ [wire]: next }) };
}
