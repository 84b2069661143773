import { NodeResizer, type Node, type NodeProps } from "@xyflow/react";
import { lazy, memo, Suspense } from "react";

const Markdown = lazy(async () => {
  const { Markdown: component } = await import("../inspector/markdown.tsx");
  return { default: component };
});

export type NoteNode = Node<{ readonly text: string }, "note">;
export type FrameNode = Node<{ readonly title: string }, "frame">;

/** Words on the canvas: Markdown with formulas, never HTML. */
export const Note = memo(function Note({ data, selected }: NodeProps<NoteNode>) {
  return (
    <div className="canvas-note">
      <NodeResizer isVisible={selected} minWidth={80} minHeight={40} />
      <Suspense fallback={data.text}>
        <Markdown text={data.text} />
      </Suspense>
    </div>
  );
});

/** A titled ground under nodes that belong together. */
export const Frame = memo(function Frame({ data, selected }: NodeProps<FrameNode>) {
  return (
    <div className="canvas-frame">
      <NodeResizer isVisible={selected} minWidth={120} minHeight={80} />
      <div className="canvas-frame-title">{data.title}</div>
    </div>
  );
});
