import type { Body, Document } from "../../runtime/graph/document.ts";
import { refSites } from "../../runtime/graph/ref-sites.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Between those of the light and the dark theme: pictures lie on the page's own ground, whatever the theme. */
const colours = { node: "#4a80e8", wire: "#858d9b", rail: "#cf7526", exact: "#cc5c96" } as const;
/** As in the editor's plane: the exact posterior, and the sampler over it. */
const pointColours = [colours.exact, colours.node] as const;
const traceColours = [colours.node, colours.rail, "#9a68dd", "#3aa06c"] as const;

const svg = ({ width, height }: Size, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;

/** Sets of points in the plane, each in its colour, the last on top; one scale for both axes, and all points in the picture. */
export function scatterPicture(sets: readonly Float64Array[], size: Size): string {
  const xs = boundsOf(sets.flatMap((set) => [...set].filter((_, i) => i % 2 === 0)));
  const ys = boundsOf(sets.flatMap((set) => [...set].filter((_, i) => i % 2 === 1)));
  const scale = 0.9 * Math.min(size.width / xs.span, size.height / ys.span);
  const across = (x = 0): string => (size.width / 2 + (x - xs.middle) * scale).toFixed(1);
  const down = (y = 0): string => (size.height / 2 - (y - ys.middle) * scale).toFixed(1);
  const dots = sets.flatMap((set, i) => {
    const colour = pointColours[(i + pointColours.length - sets.length) % pointColours.length];
    return Array.from(
      { length: set.length / 2 },
      (_, p) =>
        `<circle cx="${across(set[2 * p])}" cy="${down(set[2 * p + 1])}" r="1.5" fill="${colour}" fill-opacity="0.55"/>`,
    );
  });
  return svg(size, dots.join(""));
}

function boundsOf(values: readonly number[]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { middle: (least + most) / 2, span: Math.max(most - least, 1e-9) };
}

/** One envelope under the other for each row of values, as sound editors draw them. */
export function tracesPicture(values: Float64Array, rows: number, size: Size): string {
  const length = values.length / rows;
  const band = size.height / rows;
  const lines = Array.from({ length: rows }, (_, row) => {
    const trace = values.subarray(row * length, (row + 1) * length);
    const most = trace.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
    const columns = Array.from({ length: size.width }, (_, column) => {
      const from = Math.floor((column * length) / size.width);
      const to = Math.max(from + 1, Math.floor(((column + 1) * length) / size.width));
      const peak = trace.subarray(from, to).reduce((a, value) => Math.max(a, Math.abs(value)), 0);
      const half = Math.max(0.5, (peak / most) * band * 0.44);
      return `M${column} ${(band * (row + 0.5) - half).toFixed(1)}v${(2 * half).toFixed(1)}`;
    });
    const colour = traceColours[row % traceColours.length];
    return `<path d="${columns.join("")}" stroke="${colour}" stroke-width="1"/>`;
  });
  return svg(size, lines.join(""));
}

/** Nodes of the root body by how far they lie from its inputs, and the wires between them. */
export function wiringPicture({ graph, inputs }: Document, size: Size): string {
  const depths = depthsOf(graph);
  const slots = Object.keys(inputs);
  const columns = Math.max(1, ...depths.values()) + 1;
  const place = new Map<string, readonly [number, number]>();
  const spread = (names: readonly string[], column: number): void => {
    names.forEach((name, i) => {
      const x = 14 + (column * (size.width - 28)) / columns;
      place.set(name, [x, ((i + 1) * size.height) / (names.length + 1)]);
    });
  };
  spread(
    slots.map((name) => `@${name}`),
    0,
  );
  for (let column = 1; column <= columns; column += 1)
    spread(
      Object.keys(graph).filter((id) => (depths.get(id) ?? 0) + 1 === column),
      column,
    );
  const wires = Object.entries(graph).flatMap(([id, node]) =>
    refSites(node).map(({ ref }) => wire(place.get(sourceOf(ref)), place.get(id))),
  );
  const boxes = [...place].map(([name, [x, y]]) =>
    name.startsWith("@")
      ? `<circle cx="${x}" cy="${y}" r="3.5" fill="${colours.rail}"/>`
      : `<rect x="${x - 9}" y="${y - 5}" width="18" height="10" rx="3" fill="${colours.node}"/>`,
  );
  return svg(size, [...wires, ...boxes].join(""));
}

const sourceOf = (ref: string): string =>
  ref.startsWith("@") ? (ref.split(".")[0] ?? ref) : (ref.split(".")[0] ?? "");

function wire(
  from: readonly [number, number] | undefined,
  to: readonly [number, number] | undefined,
): string {
  if (from === undefined || to === undefined) return "";
  const middle = (from[0] + to[0]) / 2;
  return `<path d="M${from[0]} ${from[1]}C${middle} ${from[1]} ${middle} ${to[1]} ${to[0]} ${to[1]}" fill="none" stroke="${colours.wire}" stroke-width="1.2"/>`;
}

function depthsOf(graph: Body): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const visit = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const node = graph[id];
    const before = node === undefined ? [] : refSites(node).map(({ ref }) => sourceOf(ref));
    const depth = Math.max(
      0,
      ...before
        .filter((name) => Object.hasOwn(graph, name) && name !== id)
        .map((name) => visit(name) + 1),
    );
    depths.set(id, depth);
    return depth;
  };
  for (const id of Object.keys(graph)) visit(id);
  return depths;
}
