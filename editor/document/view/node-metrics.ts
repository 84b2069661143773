/** Sizes in px at zoom 1, shared by layout and canvas so that nothing needs measuring. */
export const nodeMetrics = {
  header: 32,
  row: 24,
  /** Under the last row. */
  foot: 8,
  /** A node takes the first that its words fit in. */
  widths: [184, 224, 280],
  /** Of one character of a row, on average, and of what stands around the words. */
  character: 7,
  gap: 40,
  /** Of one character of a title, and of the signs beside it. */
  title: { character: 7.8, signs: 72 },
  /** The picture of a watched output, which hangs under its card. */
  preview: { gap: 6, size: 132 },
  zone: {
    /** Of the rail on each border of an open zone. */
    rail: 104,
    /** Between the rails and the nodes inside. */
    padding: 24,
    /** Over each branch of an if. */
    branchTitle: 24,
    minWidth: 420,
    /** Of a body's ground: room for a node. */
    minBody: 112,
  },
} as const;

/** Of a handle's centre, from the top of its node. */
export const rowCentre = (row: number): number =>
  nodeMetrics.header + row * nodeMetrics.row + nodeMetrics.row / 2;

export const heightOf = (rows: number): number =>
  nodeMetrics.header + rows * nodeMetrics.row + nodeMetrics.foot;

/** The width in which the title and every row fit; the widest where none does. */
export function widthOf(title: string, rows: readonly string[]): number {
  const { character, gap, title: head, widths } = nodeMetrics;
  const needed = Math.max(
    title.length * head.character + head.signs,
    ...rows.map((row) => row.length * character + gap),
  );
  return widths.find((width) => width >= needed) ?? Math.max(...widths);
}
