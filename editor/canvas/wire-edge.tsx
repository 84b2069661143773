import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import type { WireData, WireEdge } from "./items.ts";
import { curvesOf, middleOf, pathOf, withoutEnds, type Ends } from "./wire-path.ts";

/** Of what is pressed instead of the wire near its ends. */
const portRadius = 14;
/** How wide a wire is to the mouse; those from slots are many, and what lies under them is wanted more often. */
const pressWidth = 16;
const quietWidth = 8;

/** A wire; the field that it reads stands on it. Never animated: moving dashes cost more than all the rest. */
export const WireEdgeView = memo(function WireEdgeView(props: EdgeProps<WireEdge>) {
  const { id, data, selected = false, ...ends } = props;
  if (data === undefined) return null;
  if (data.portal !== null && !selected && !data.lit)
    return <PortalEnds ends={ends} data={data} name={data.portal} />;
  const curves = curvesOf(ends, data.bends);
  const [x, y] = middleOf(curves);
  return (
    <>
      <path
        id={id}
        d={pathOf(curves)}
        fill="none"
        className={`react-flow__edge-path ${lookOf(data, selected)}`}
        style={{ "--wire": `var(${data.colour})` } as React.CSSProperties}
      />
      <path
        d={pathOf(withoutEnds(curves, portRadius))}
        fill="none"
        strokeOpacity={0}
        strokeWidth={data.quiet ? quietWidth : pressWidth}
        className="react-flow__edge-interaction"
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

function lookOf({ faulty, probed, quiet, lit }: WireData, selected: boolean): string {
  const marks = { selected, faulty, probed, quiet: quiet && !lit, lit };
  const shown = Object.entries(marks).filter(([, holds]) => holds);
  return ["canvas-wire", ...shown.map(([mark]) => `canvas-wire-${mark}`)].join(" ");
}

/** Two named ends instead of a line; the line shows when one of its ends is chosen. */
function PortalEnds({
  ends,
  data,
  name,
}: {
  readonly ends: Ends;
  readonly data: WireData;
  readonly name: string;
}) {
  const end = (x: number, y: number, shift: string) => (
    <span
      className="canvas-portal"
      style={
        {
          "--wire": `var(${data.colour})`,
          transform: `translate(${x}px, ${y}px) translate(${shift}, -50%)`,
        } as React.CSSProperties
      }
    >
      {name}
    </span>
  );
  return (
    <EdgeLabelRenderer>
      {end(ends.sourceX + 14, ends.sourceY, "0")}
      {end(ends.targetX - 14, ends.targetY, "-100%")}
    </EdgeLabelRenderer>
  );
}
