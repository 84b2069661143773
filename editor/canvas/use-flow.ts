import { applyNodeChanges, type EdgeChange, type NodeChange } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAnalysis, useEditor, useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { flowOf, reused, type Flow, type ItemNode } from "./flow-model.ts";
import { stacking } from "./stacking.ts";
import { useSettling } from "./use-settling.ts";
import type { WireEdge } from "./wire-edge.tsx";

export interface LiveFlow {
  readonly flow: Flow;
  /** The flow's nodes as they are while they are dragged. */
  readonly nodes: ItemNode[];
  readonly edges: WireEdge[];
  readonly onNodesChange: (changes: NodeChange<ItemNode>[]) => void;
  readonly onEdgesChange: (changes: EdgeChange<WireEdge>[]) => void;
  /** Puts everything back to where the document says it is. */
  readonly settle: () => void;
  /** Things are on their way to other places. */
  readonly isSettling: boolean;
}

/** The document's flow; what is dragged moves here alone until it is dropped, and selection goes to the editor's store. */
export function useFlow(): LiveFlow {
  const { editor, registry } = useStudio();
  const analysis = useAnalysis((state) => state);
  const scope = useEditor((state) => state.scope);
  const found = useEditor((state) => state.found);
  const selection = useEditor((state) => state.selection);
  const flow = useMemo(
    () => flowOf({ document: analysis.document, analysis, registry, found, scope }),
    [analysis, registry, found, scope],
  );
  const chosen = useMemo(() => new Set(selection), [selection]);
  const [nodes, setNodes] = useState<ItemNode[]>([]);
  const settle = useCallback(
    () =>
      setNodes((before) =>
        reused(
          before,
          flow.nodes.map((node) =>
            chosen.has(node.id) ? { ...node, selected: true } : { ...node, selected: false },
          ),
        ),
      ),
    [flow, chosen],
  );
  const isSettling = useSettling(flow, scope);
  useEffect(settle, [settle]);
  const lastEdges = useRef<WireEdge[]>([]);
  const edges = useMemo(() => {
    const after = flow.edges.map((edge) => withLight(edge, chosen));
    lastEdges.current = reused(lastEdges.current, after);
    return lastEdges.current;
  }, [flow, chosen]);
  const select = useCallback(
    (changes: readonly { readonly id: Key; readonly selected: boolean }[]) => {
      if (changes.length === 0) return;
      const next = new Set(editor.getState().selection);
      for (const { id, selected } of changes)
        if (selected) next.add(id);
        else next.delete(id);
      editor.actions.select([...next]);
    },
    [editor],
  );
  const onNodesChange = useCallback(
    (changes: NodeChange<ItemNode>[]) => {
      select(changes.filter((change) => change.type === "select"));
      const others = changes.filter(({ type }) => type === "position" || type === "dimensions");
      if (others.length > 0) setNodes((before) => applyNodeChanges(others, before));
    },
    [select],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WireEdge>[]) =>
      select(changes.filter((change) => change.type === "select")),
    [select],
  );
  return { flow, nodes, edges, onNodesChange, onEdgesChange, settle, isSettling };
}

function withLight(edge: WireEdge, chosen: ReadonlySet<Key>): WireEdge {
  const lit = chosen.has(edge.source) || chosen.has(edge.target);
  const { data } = edge;
  return {
    ...edge,
    selected: chosen.has(edge.id),
    ...(chosen.has(edge.id) ? { zIndex: stacking.chosenWire } : {}),
    ...(data === undefined ? {} : { data: { ...data, lit } }),
  };
}
