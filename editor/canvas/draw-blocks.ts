import { familyColour } from "./family-colour.ts";
import type { Flow } from "./flow-model.ts";
import type { ItemNode } from "./items.ts";
import type { Extents } from "./view-window.ts";

const familyOf = (data: ItemNode["data"]): string => ("view" in data ? data.view.family : "math");

/** True of nodes that are blocks of the same colours, where they cover the same. */
export const areSameBlocks = (a: Flow["nodes"], b: Flow["nodes"]): boolean =>
  a.length === b.length &&
  a.every((node, i) => {
    const other = b[i];
    return node === other || (other !== undefined && familyOf(node.data) === familyOf(other.data));
  });

/** Draws nodes as blocks of their families' colours, and wires as straight lines, in the canvas' coordinates. */
export function drawBlocks(
  context: CanvasRenderingContext2D,
  { nodes, edges }: Flow,
  { nodes: rects }: Extents,
): void {
  const style = getComputedStyle(context.canvas);
  const colour = (text: string) => style.getPropertyValue(text.slice(4, -1));
  context.strokeStyle = colour("var(--line-strong)");
  context.lineWidth = 4;
  context.beginPath();
  for (const { source, target } of edges) {
    const [a, b] = [rects.get(source), rects.get(target)];
    if (a === undefined || b === undefined) continue;
    context.moveTo(a[2], (a[1] + a[3]) / 2);
    context.lineTo(b[0], (b[1] + b[3]) / 2);
  }
  context.stroke();
  const colours = new Map<string, string>();
  for (const { id, type, data } of nodes) {
    const rect = rects.get(id);
    if (rect === undefined) continue;
    const family = familyOf(data);
    const known = colours.get(family) ?? colour(familyColour(family));
    colours.set(family, known);
    context.globalAlpha = type === "zone" || type === "frame" ? 0.15 : 0.85;
    context.fillStyle = known;
    context.fillRect(rect[0], rect[1], rect[2] - rect[0], rect[3] - rect[1]);
  }
  context.globalAlpha = 1;
}
