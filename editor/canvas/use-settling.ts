import { useEffect, useState } from "react";
import type { Key } from "../document/keys.ts";
import type { Flow } from "./flow-model.ts";

/** As long as the transition in canvas.css, and a little. */
const length = 260;

/** Whether things of the body that is shown have just been given other places or sizes: then they glide there. */
export function useSettling({ nodes }: Flow, scope: Key): boolean {
  const [seen, setSeen] = useState({ nodes, scope });
  const [isSettling, setSettling] = useState(false);
  // Found while drawing, for the new places and the transition have to come at once.
  if (seen.nodes !== nodes || seen.scope !== scope) {
    setSeen({ nodes, scope });
    if (seen.scope === scope && hasMoved(seen.nodes, nodes)) setSettling(true);
  }
  useEffect(() => {
    if (!isSettling) return undefined;
    const timer = setTimeout(() => setSettling(false), length);
    return () => clearTimeout(timer);
  }, [isSettling, nodes]);
  return isSettling;
}

function hasMoved(before: Flow["nodes"], after: Flow["nodes"]): boolean {
  const known = new Set(before);
  const others = after.filter((node) => !known.has(node));
  const places = new Map(others.length === 0 ? [] : before.map((node) => [node.id, node]));
  return others.some((node) => {
    const old = places.get(node.id);
    if (old === undefined) return false;
    const [{ x, y }, at] = [node.position, old.position];
    return x !== at.x || y !== at.y || node.width !== old.width;
  });
}
