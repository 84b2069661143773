import { useStore } from "@xyflow/react";
import { useMemo, useRef } from "react";
import type { Key } from "../document/keys.ts";
import type { Flow } from "./flow-model.ts";
import type { ItemNode, WireEdge } from "./items.ts";
import { isSameList } from "./memory.ts";
import {
  coversSame,
  type Extents,
  extentsOf,
  inSight,
  rectOf,
  type Scene,
  tilesInSight,
} from "./view-window.ts";

type InSight = Scene<ItemNode, WireEdge>;

/** What of a flow is given to xyflow: what is in sight, what is chosen, and where a wire is being drawn from. */
export function useInSight(
  flow: Flow,
  chosen: ReadonlySet<Key>,
): InSight & { readonly extents: Extents } {
  const tiles = useStore(({ transform, width, height }) => tilesInSight(transform, width, height));
  const from = useStore(({ connection }) => connection.fromNode?.id ?? null);
  const extents = useExtents(flow);
  const last = useRef<InSight>({ nodes: [], edges: [] });
  return useMemo(() => {
    const kept = from === null ? chosen : [...chosen, from];
    const { nodes, edges } = inSight(flow, extents, rectOf(tiles), kept);
    last.current = {
      nodes: sameList(last.current.nodes, nodes),
      edges: sameList(last.current.edges, edges),
    };
    return { ...last.current, extents };
  }, [flow, extents, tiles, chosen, from]);
}

/** The same object while nothing of the flow covers anything else. */
function useExtents({ nodes, edges }: Flow): Extents {
  const last = useRef<{ readonly scene: InSight; readonly extents: Extents } | null>(null);
  return useMemo(() => {
    const scene = { nodes, edges };
    const before = last.current;
    const isSame = before !== null && coversSame(before.scene, scene);
    last.current = { scene, extents: isSame ? before.extents : extentsOf(scene) };
    return last.current.extents;
  }, [nodes, edges]);
}

const sameList = <T>(before: readonly T[], after: readonly T[]): readonly T[] =>
  isSameList(before, after) ? before : after;
