import { useEffect, useRef, useState } from "react";
import type { Key } from "../document/keys.ts";
import type { Flow } from "./flow-model.ts";

/** As long as the transition in canvas.css, and a little. */
const length = 260;

/** Whether things of the body that is shown have just been given other places or sizes: then they glide there. */
export function useSettling({ nodes }: Flow, scope: Key): boolean {
  const last = useRef({ nodes, scope });
  const [isSettling, setSettling] = useState(false);
  useEffect(() => {
    const before = last.current;
    last.current = { nodes, scope };
    if (before.scope !== scope || !hasMoved(before.nodes, nodes)) return undefined;
    setSettling(true);
    const timer = setTimeout(() => setSettling(false), length);
    return () => clearTimeout(timer);
  }, [nodes, scope]);
  return isSettling;
}

function hasMoved(before: Flow["nodes"], after: Flow["nodes"]): boolean {
  if (before === after) return false;
  const places = new Map(before.map(({ id, position, width }) => [id, { ...position, width }]));
  return after.some(({ id, position: { x, y }, width }) => {
    const old = places.get(id);
    return old !== undefined && (old.x !== x || old.y !== y || old.width !== width);
  });
}
