import { NodeResizer, type NodeProps, type OnResizeEnd } from "@xyflow/react";
import { lazy, memo, Suspense, useCallback } from "react";
import { useStudio } from "../app/use-studio.ts";
import { move } from "../document/edits/move.ts";
import { changeEntry } from "../document/edits/notes.ts";
import type { Key } from "../document/keys.ts";
import type { FrameNode, NoteNode } from "./items.ts";

const Markdown = lazy(async () => {
  const { Markdown: component } = await import("../inspector/markdown.tsx");
  return { default: component };
});

/** Words on the canvas: Markdown with formulas, never HTML. */
export const Note = memo(function Note({ id, data, selected }: NodeProps<NoteNode>) {
  const keep = useKeptSize(id);
  return (
    <div className="canvas-note">
      <NodeResizer isVisible={selected} minWidth={80} minHeight={40} onResizeEnd={keep} />
      <Suspense fallback={data.text}>
        <Markdown text={data.text} />
      </Suspense>
    </div>
  );
});

/** A titled ground under nodes that belong together. */
export const Frame = memo(function Frame({ id, data, selected }: NodeProps<FrameNode>) {
  const keep = useKeptSize(id);
  return (
    <div className="canvas-frame">
      <NodeResizer isVisible={selected} minWidth={120} minHeight={80} onResizeEnd={keep} />
      <div className="canvas-frame-title">{data.title}</div>
    </div>
  );
});

/** One edit when a resize ends: from the left or from above it moves too. */
function useKeptSize(key: Key): OnResizeEnd {
  const { editor } = useStudio();
  return useCallback(
    (_, { x, y, width, height }) =>
      editor.actions.edit({ label: { key: "canvas.resized" } }, (draft) => {
        move(draft, new Map([[key, [x, y]]]));
        changeEntry(draft, key, { size: [Math.round(width), Math.round(height)] });
      }),
    [editor, key],
  );
}
