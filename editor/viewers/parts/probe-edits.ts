import { removeFrom, uiPart } from "../../document/edits/ui-draft.ts";
import type { Recipe } from "../../document/history.ts";

/** Watches a wire no longer. */
export const removeProbe =
  (wire: string): Recipe =>
  (draft) =>
    removeFrom(uiPart(draft, "probes"), wire);

/** Moves a probe to another place in the order. */
export const moveProbe =
  (wire: string, to: number): Recipe =>
  (draft) => {
    const probes = uiPart(draft, "probes");
    if (!probes.includes(wire)) return;
    removeFrom(probes, wire);
    probes.splice(to, 0, wire);
  };
