import {
  BaseEdge,
  EdgeLabelRenderer,
  getBezierPath,
  type Edge,
  type EdgeProps,
} from "@xyflow/react";
import { memo } from "react";

export interface WireData extends Record<string, unknown> {
  /** A variable of theme.css. */
  readonly colour: string;
  /** A field of the source's value that is read: `sigma` of a level. */
  readonly field: string | null;
  readonly faulty: boolean;
  readonly probed: boolean;
  /** From a slot: drawn faintly until one of its ends is chosen, for such wires are many and say little. */
  readonly quiet: boolean;
  /** One of its ends is chosen. */
  readonly lit: boolean;
}

export type WireEdge = Edge<WireData, "wire">;

/** A wire; the field that it reads stands on it. Never animated: moving dashes cost more than all the rest. */
export const WireEdgeView = memo(function WireEdgeView(props: EdgeProps<WireEdge>) {
  const { id, data, selected = false, ...ends } = props;
  const [path, x, y] = getBezierPath({
    sourceX: ends.sourceX,
    sourceY: ends.sourceY,
    sourcePosition: ends.sourcePosition,
    targetX: ends.targetX,
    targetY: ends.targetY,
    targetPosition: ends.targetPosition,
  });
  if (data === undefined) return null;
  const look = [
    "canvas-wire",
    selected ? "canvas-wire-selected" : "",
    data.faulty ? "canvas-wire-faulty" : "",
    data.probed ? "canvas-wire-probed" : "",
    data.quiet && !data.lit ? "canvas-wire-quiet" : "",
    data.lit ? "canvas-wire-lit" : "",
  ];
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={look.join(" ")}
        style={{ "--wire": `var(${data.colour})` } as React.CSSProperties}
        interactionWidth={16}
      />
      {data.field !== null && (
        <EdgeLabelRenderer>
          <span
            className="canvas-field"
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            .{data.field}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
