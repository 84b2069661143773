import { familyColour } from "../../canvas/family-colour.ts";
import type { Flow } from "../../canvas/flow-model.ts";
import { nodeMetrics, rowCentre } from "../../document/view/node-metrics.ts";
import type { NodeView } from "../../document/view/view.ts";
import { linesOf, placedNodes, type Line, type Placed } from "./graph-lines.ts";

/** The value of a colour of the theme, given by its name or as `var(--name)`. */
export type Colour = (name: string) => string;

type Context = OffscreenCanvasRenderingContext2D;

const { header } = nodeMetrics;
const radius = 8;

/** Zones, wires and cards of a graph, in the canvas' own coordinates. */
export function drawGraph(context: Context, flow: Flow, colour: Colour): void {
  const nodes = placedNodes(flow);
  context.textBaseline = "middle";
  for (const placed of nodes) if (placed.node.type === "zone") drawZone(context, placed, colour);
  for (const line of linesOf(flow, nodes)) drawLine(context, line, colour);
  for (const placed of nodes) if (placed.node.type === "card") drawCard(context, placed, colour);
}

const viewOf = ({ node }: Placed): NodeView | null =>
  node.type === "card" || node.type === "zone" ? node.data.view : null;

function drawZone(context: Context, placed: Placed, colour: Colour): void {
  const { x, y, width, height } = placed;
  const view = viewOf(placed);
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  tinted(context, colour("--accent"), 0.06);
  context.strokeStyle = colour("--line-strong");
  context.lineWidth = 1;
  context.stroke();
  if (view === null) return;
  write(
    context,
    view.id,
    [x + 12, y + header / 2],
    `600 13px ${colour("--font")}`,
    colour("--text"),
  );
  context.font = `11.5px ${colour("--font")}`;
  for (const { name, row } of view.rails)
    if (row !== null)
      write(context, name, [x + 14, y + rowCentre(row)], context.font, colour("--text"));
}

function drawCard(context: Context, placed: Placed, colour: Colour): void {
  const { x, y, width, height } = placed;
  const view = viewOf(placed);
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fillStyle = colour("--panel");
  context.fill();
  if (view === null) return;
  context.save();
  context.clip();
  context.beginPath();
  context.rect(x, y, width, header);
  tinted(context, colour(familyColour(view.family)), 0.14);
  context.restore();
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.strokeStyle = colour("--line");
  context.lineWidth = 1;
  context.stroke();
  const title = `600 13px ${colour("--font")}`;
  write(context, view.title, [x + 12, y + header / 2], title, colour("--text"), width - 24);
  drawPorts(context, placed, view, colour);
}

function drawPorts(
  context: Context,
  { x, y, width }: Placed,
  view: NodeView,
  colour: Colour,
): void {
  const font = `11.5px ${colour("--font")}`;
  const port = (at: number, row: number): void => {
    context.beginPath();
    context.arc(at, y + rowCentre(row), 4, 0, 2 * Math.PI);
    context.fillStyle = colour("--space-scalar");
    context.fill();
  };
  for (const { name, row } of view.inputs) {
    if (row === null) continue;
    port(x, row);
    write(context, name, [x + 10, y + rowCentre(row)], font, colour("--text-soft"));
  }
  context.textAlign = "right";
  for (const { name, row } of view.outputs) {
    if (row === null) continue;
    port(x + width, row);
    write(context, name, [x + width - 10, y + rowCentre(row)], font, colour("--text-soft"));
  }
  context.textAlign = "left";
}

function drawLine(context: Context, { from, to, colour: name }: Line, colour: Colour): void {
  const bend = Math.max(24, Math.abs(to[0] - from[0]) / 2);
  context.beginPath();
  context.moveTo(...from);
  context.bezierCurveTo(from[0] + bend, from[1], to[0] - bend, to[1], ...to);
  context.strokeStyle = colour(name);
  context.lineWidth = 1.5;
  context.stroke();
}

function tinted(context: Context, fill: string, opacity: number): void {
  context.globalAlpha = opacity;
  context.fillStyle = fill;
  context.fill();
  context.globalAlpha = 1;
}

// oxlint-disable-next-line max-params -- what is written, where and how
function write(
  context: Context,
  text: string,
  at: readonly [number, number],
  font: string,
  fill: string,
  most?: number,
): void {
  context.font = font;
  context.fillStyle = fill;
  context.fillText(text, at[0], at[1], most);
}
