import { applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAnalysis, useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { createFlowMemory } from "./flow-memory.ts";
import { flowOf, type Flow } from "./flow-model.ts";
import { isSameList } from "./memory.ts";
import { stacking } from "./stacking.ts";
import { useInSight } from "./use-in-sight.ts";
import { useSettling } from "./use-settling.ts";
import type { Extents } from "./view-window.ts";
import type { ItemNode, WireEdge } from "./items.ts";

export interface LiveFlow {
  readonly flow: Flow;
  readonly extents: Extents;
  /** What of the flow is in sight, as it is while it is dragged. */
  readonly nodes: ItemNode[];
  readonly edges: WireEdge[];
  /** All nodes as they lie now, in sight or not. */
  readonly lying: () => readonly ItemNode[];
  readonly onNodesChange: (changes: NodeChange<ItemNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<WireEdge>[]) => void;
  /** Puts everything back to where the document says it is. */
  readonly settle: () => void;
  /** Things are on their way to other places. */
  readonly isSettling: boolean;
}

/** Nodes that are elsewhere than the document says. */
type Moved = ReadonlyMap<Key, ItemNode>;

const none: Moved = new Map();

/** The document's flow; what is dragged moves here alone until it is dropped, and selection goes to the editor's store. */
export function useFlow(): LiveFlow {
  const { flow, scope } = useDocumentFlow();
  const selection = useEditor((state) => state.selection);
  const chosen = useMemo(() => new Set(selection), [selection]);
  const { extents, nodes: near, edges: nearEdges } = useInSight(flow, chosen);
  const [moved, setMoved] = useState(none);
  const settle = useCallback(() => setMoved(none), []);
  useEffect(settle, [flow, settle]);
  const isSettling = useSettling(flow, scope);
  const marks = useRef(new WeakMap<ItemNode, ItemNode>());
  const nodes = useMemo(
    () =>
      near.map((node) => {
        const now = moved.get(node.id) ?? node;
        return chosen.has(node.id) ? asSelected(now, marks.current) : now;
      }),
    [near, moved, chosen],
  );
  const lights = useRef(new WeakMap<WireEdge, Map<string, WireEdge>>());
  const edges = useMemo(
    () => nearEdges.map((edge) => withLight(edge, chosen, lights.current)),
    [nearEdges, chosen],
  );
  const last = useRef({ flow, moved });
  last.current = { flow, moved };
  const select = useSelect();
  const onNodesChange = useCallback(
    (changes: NodeChange<ItemNode>[]) => {
      select(changes.filter((change) => change.type === "select"));
      const others = changes.filter(({ type }) => type === "position" || type === "dimensions");
      if (others.length > 0) setMoved((before) => changed(before, last.current.flow, others));
    },
    [select],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) =>
      select(changes.filter((change) => change.type === "select")),
    [select],
  );
  const lying = useCallback(
    () => last.current.flow.nodes.map((node) => last.current.moved.get(node.id) ?? node),
    [],
  );
  return { flow, extents, nodes, edges, lying, onNodesChange, onEdgesChange, settle, isSettling };
}

/** The body that is shown, with the objects of before where nothing of them has changed. */
function useDocumentFlow(): { readonly flow: Flow; readonly scope: Key } {
  const { registry } = useStudio();
  const analysis = useAnalysis((state) => state);
  const scope = useEditor((state) => state.scope);
  const found = useEditor((state) => state.found);
  const [memory] = useState(createFlowMemory);
  const last = useRef<Flow | null>(null);
  const flow = useMemo(() => {
    const shown = { document: analysis.document, analysis, registry, found, scope };
    const next = flowOf(shown, memory);
    const { nodes = [], edges = [] } = last.current ?? {};
    last.current = { ...next, nodes: same(nodes, next.nodes), edges: same(edges, next.edges) };
    return last.current;
  }, [analysis, registry, found, scope, memory]);
  return { flow, scope };
}

const same = <T>(before: readonly T[], now: readonly T[]): readonly T[] =>
  isSameList(before, now) ? before : now;

type Selected = readonly { readonly id: Key; readonly selected: boolean }[];

function useSelect(): (changes: Selected) => void {
  const { editor } = useStudio();
  return useCallback(
    (changes) => {
      if (changes.length === 0) return;
      const next = new Set(editor.getState().selection);
      for (const { id, selected } of changes)
        if (selected) next.add(id);
        else next.delete(id);
      editor.actions.select([...next]);
    },
    [editor],
  );
}

function changed(moved: Moved, { nodes }: Flow, changes: NodeChange<ItemNode>[]): Moved {
  const ids = new Set(changes.flatMap((change) => ("id" in change ? [change.id] : [])));
  const touched = nodes.flatMap((node) => (ids.has(node.id) ? (moved.get(node.id) ?? node) : []));
  const next = new Map(moved);
  for (const node of applyNodeChanges(changes, touched)) next.set(node.id, node);
  return next;
}

function asSelected(node: ItemNode, known: WeakMap<ItemNode, ItemNode>): ItemNode {
  const before = known.get(node);
  if (before !== undefined) return before;
  const made = { ...node, selected: true };
  known.set(node, made);
  return made;
}

/** The same object for a wire that looks the same. */
function withLight(
  edge: WireEdge,
  chosen: ReadonlySet<Key>,
  known: WeakMap<WireEdge, Map<string, WireEdge>>,
): WireEdge {
  const lit = chosen.has(edge.source) || chosen.has(edge.target);
  const selected = chosen.has(edge.id);
  if ((!lit && !selected) || edge.data === undefined) return edge;
  const looks = known.get(edge) ?? new Map<string, WireEdge>();
  known.set(edge, looks);
  const look = `${lit} ${selected}`;
  const before = looks.get(look);
  if (before !== undefined) return before;
  const made = {
    ...edge,
    selected,
    ...(selected ? { zIndex: stacking.chosenWire } : {}),
    data: { ...edge.data, lit },
  };
  looks.set(look, made);
  return made;
}
