/** A graph file of the asked size. */
export interface LargeGraph {
  readonly text: string;
  readonly nodes: number;
  readonly wires: number;
  /** A node in the middle, by its key: it has two inputs and params, and others around it. */
  readonly middle: string;
}

const stepX = 264;
const stepY = 168;

/** A grid of adding, scaling and subtracting nodes: three wires to two nodes, from the left, from above, and from a slot. */
export function largeGraph(size: number): LargeGraph {
  const columns = Math.ceil(Math.sqrt(size));
  const ids = Array.from({ length: size }, (_, i) => idOf(i));
  const graph = Object.fromEntries(ids.map((id, i) => [id, nodeOf(i, columns)]));
  const places = ids.map((id, i) => [id, [(i % columns) * stepX, Math.floor(i / columns) * stepY]]);
  const document = {
    denoodle: 1,
    name: `${size} nodes`,
    inputs: { start: { kind: "signal" } },
    graph,
    outputs: { x: `${idOf(size - 1)}.x` },
    blocks: {},
    ui: {
      nodes: { ...Object.fromEntries(places), "@start": [-stepX, 0], "=x": [columns * stepX, 0] },
    },
  };
  const wires = Object.values(graph).reduce((sum, node) => sum + Object.keys(node.in).length, 0);
  const row = Math.floor(columns / 2);
  const centre = row * columns + row;
  return {
    text: JSON.stringify(document),
    nodes: size,
    wires,
    middle: `graph/${idOf(centre % 2 === 0 ? centre : centre + 1)}`,
  };
}

const idOf = (i: number): string => `n${i}`;

function nodeOf(i: number, columns: number) {
  const left = i % columns === 0 ? "@start" : `${idOf(i - 1)}.x`;
  const above = i < columns ? "@start" : `${idOf(i - columns)}.x`;
  if (i % 2 === 1) return { type: "math/scale", v: 1, params: { factor: 0.5 }, in: { x: left } };
  return { type: i % 4 === 0 ? "math/add" : "math/subtract", v: 1, in: { a: left, b: above } };
}
