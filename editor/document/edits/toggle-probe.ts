import { removeFrom, uiPart } from "./ui-draft.ts";
import type { Recipe } from "../history.ts";

/** Watches a wire, or no longer does. */
export const toggleProbe =
  (wire: string): Recipe =>
  (draft) => {
    const probes = uiPart(draft, "probes");
    if (probes.includes(wire)) removeFrom(probes, wire);
    else probes.push(wire);
  };
