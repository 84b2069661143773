import type { Verdict } from "../document/connect.ts";
import { pathOf, type Key } from "../document/keys.ts";
import type { NodeView, PortView } from "../document/view/view.ts";
import type { Gesture } from "./gesture.ts";

/** What stands behind a name in a handle's key. */
const tails: ReadonlySet<string> = new Set(["out", "current", "init", "next"]);

/** What a port is called: `level` of `graph/anneal/each/level/current`, `x` of `graph/euler/out/x`. */
function nameIn(handle: Key): string {
  const [group, name = "", last = ""] = pathOf(handle).slice(-3);
  const isPort = name === "in" || name === "out";
  return !isPort && group !== undefined && tails.has(last) ? name : last;
}

/**
 * The port of a card that a wire takes which is dropped on the card itself: one that it fits, of its own name first, then one
 * that misses a wire, then one that has none. Where it fits none, the first that says what would help.
 */
export function portFor(view: NodeView, { from, fits }: Gesture): PortView | null {
  if (from === null) return null;
  const name = nameIn(from);
  const drawn = [...view.inputs, ...view.outputs].filter(({ row }) => row !== null);
  const judged = drawn.flatMap((port) => {
    const verdict = fits.get(port.key);
    return verdict === undefined ? [] : [{ port, score: scoreOf(port, verdict, name) }];
  });
  const best = judged.toSorted((a, b) => b.score - a.score)[0];
  return best?.port ?? null;
}

function scoreOf(port: PortView, verdict: Verdict, name: string): number {
  const isLoose = port.ref === null ? 2 : 0;
  const own = (port.name === name ? 8 : 0) + (port.missing ? 4 : 0) + isLoose;
  if (verdict.ok) return 100 + own - (port.param ? 10 : 0);
  return own + (verdict.adapters.length + verdict.fields.length > 0 ? 20 : 0);
}
