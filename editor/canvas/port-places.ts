import { Position, type NodeHandle } from "@xyflow/react";
import { nodeMetrics, rowCentre } from "../document/view/node-metrics.ts";
import type { Key } from "../document/keys.ts";
import type { NodeView, PortView } from "../document/view/view.ts";
import { railHandle, railSides } from "./drop-rail.ts";
import type { LaneData } from "./items.ts";

/** Of a dot: a wire ends at its rim. */
const size = 8;
/** Of a card and of a zone: what lies in them is placed inside of it. */
const border = 1;
const { rail } = nodeMetrics.zone;

const known = new WeakMap<NodeView, { readonly of: string; readonly places: NodeHandle[] }>();

/**
 * Where the ports of a card or an open zone lie, so that wires can be drawn to what is not: xyflow would mount and measure
 * everything once. The same list while nothing of it changes.
 */
export function portPlaces(
  view: NodeView,
  width: number,
  lanes: readonly LaneData[] | null,
): NodeHandle[] {
  const of = `${width} ${lanes === null ? "" : railSides(lanes).join()}`;
  const before = known.get(view);
  if (before?.of === of) return before.places;
  const places = lanes === null ? cardPlaces(view) : zonePlaces(view, width, lanes);
  known.set(view, { of, places });
  return places;
}

const cardPlaces = ({ inputs, outputs, width }: NodeView): NodeHandle[] => [
  ...inputs.flatMap((port) => inRow(port, "target", 0)),
  ...outputs.flatMap((port) => inRow(port, "source", width)),
];

function zonePlaces(view: NodeView, width: number, lanes: readonly LaneData[]): NodeHandle[] {
  const onRails = new Set(view.rails.map(({ init }) => init?.key));
  return [
    ...view.inputs
      .filter(({ key }) => !onRails.has(key))
      .flatMap((port) => inRow(port, "target", 0)),
    ...view.rails.flatMap(({ row, init, current, next, final }) => {
      if (row === null) return [];
      const y = rowCentre(row);
      return [
        ...(init === null ? [] : [placeOf(init.key, "target", 0, y)]),
        ...current.map(({ key }, back) => placeOf(key, "source", rail, y + 8 * back)),
        ...next.map(({ key }, branch) => placeOf(key, "target", width - rail, y + 12 * branch)),
        ...(final === null ? [] : [placeOf(final.key, "source", width, y)]),
      ];
    }),
    ...railSides(lanes).map((side, i) => {
      const row = view.rows + (side === "then" || side === "else" ? i : 0);
      const left = side === "outside" ? 0 : width - rail;
      return placeOf(railHandle(view.key, side), "target", left, rowCentre(row));
    }),
  ];
}

const inRow = ({ key, row }: PortView, type: "source" | "target", x: number): NodeHandle[] =>
  row === null ? [] : [placeOf(key, type, x, rowCentre(row))];

const placeOf = (id: Key, type: "source" | "target", x: number, y: number): NodeHandle => ({
  id,
  type,
  position: type === "source" ? Position.Right : Position.Left,
  x: x - size / 2 + border,
  y: y - size / 2 + border,
  width: size,
  height: size,
});
