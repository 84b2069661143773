import type { Key } from "../document/keys.ts";
import type { NodeView, PortView, RailView } from "../document/view/view.ts";
import type { OutlineItem, ParamItem, PortItem, RailItem } from "./item.ts";

/** What a node consists of: the wires into it, its rails, what it gives, its params. */
export function partsOf(view: NodeView, level: number): readonly OutlineItem[] {
  const railed = new Set(view.rails.flatMap(({ init, final }) => [init?.key, final?.key]));
  const loose = (ports: readonly PortView[]) => ports.filter(({ key }) => !railed.has(key));
  const port = (side: PortItem["side"]) => (shown: PortView) =>
    portItem(view, shown, { side, part: null, level });
  return [
    ...loose(view.inputs)
      .filter(({ param, ref }) => !param || ref !== null)
      .map(port("input")),
    ...view.rails.filter(hasPorts).map((rail) => railItem(view, rail, level)),
    ...loose(view.outputs).map(port("source")),
    ...view.params.filter(({ wired }) => !wired).map((param) => paramItem(view, param, level)),
  ];
}

/** Counters that nothing reads are left out. */
const hasPorts = ({ init, current, next, final }: RailView): boolean =>
  init !== null || current.length > 0 || next.length > 0 || final !== null;

interface Place {
  readonly side: PortItem["side"];
  readonly part: PortItem["part"];
  readonly level: number;
}

const portItem = (view: NodeView, port: PortView, { side, part, level }: Place): PortItem => ({
  kind: "port",
  key: port.key,
  name: port.label,
  level,
  side,
  part,
  owner: view.key,
  type: port.type,
  reads: side === "input" ? port.ref : null,
  missing: port.missing,
  children: null,
});

const groups = {
  state: "states",
  each: "each",
  scan: "scans",
  output: "outputs",
  stop: null,
  while: null,
  counter: null,
} as const;

function placeOf({ key }: NodeView, { kind, name, next }: RailView): Key | null {
  const group = groups[kind];
  return group === null ? (next[0]?.key ?? null) : `${key}/${group}/${name}`;
}

function railItem(view: NodeView, rail: RailView, level: number): RailItem {
  const at = level + 1;
  const part = (side: PortItem["side"], part: PortItem["part"]) => (port: PortView) =>
    portItem(view, port, { side, part, level: at });
  const { init, current, next, final } = rail;
  return {
    kind: "rail",
    key: `${view.key}/rails/${rail.kind}/${rail.name}`,
    name: rail.name,
    rail: rail.kind,
    place: placeOf(view, rail),
    type: rail.type,
    level,
    children: () => [
      ...(init === null ? [] : [part("input", "init")(init)]),
      ...current.map(part("source", "current")),
      ...next.map(part("input", "next")),
      ...(final === null ? [] : [part("source", "final")(final)]),
    ],
  };
}

const paramItem = (view: NodeView, param: ParamItem["param"], level: number): ParamItem => ({
  kind: "param",
  key: `${view.key}/params/${param.name}`,
  name: param.name,
  level,
  owner: view.key,
  param,
  children: null,
});
