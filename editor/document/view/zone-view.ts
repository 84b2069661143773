import type { IfZone, Loop, Zone } from "../../../runtime/graph/document.ts";
import { isForEach, isLoop, isRepeat, isWhile } from "../../../runtime/graph/document.ts";
import { own } from "../../../runtime/graph/own.ts";
import { port } from "../../../runtime/graph/ports.ts";
import type { Ref } from "../../../runtime/graph/refs.ts";
import { counters } from "../../../runtime/graph/resolve.ts";
import type { Scope } from "../../../runtime/graph/scope.ts";
import { branchScope, loopScope } from "../../../runtime/graph/scope.ts";
import type { Types } from "../../../runtime/graph/types.ts";
import { zonePages } from "../../../runtime/graph/zone-pages.ts";
import { heightOf, widthOf } from "./node-metrics.ts";
import { inputViews, paramView, pin } from "./plain-view.ts";
import { familyOf, symbolOf } from "./symbols.ts";
import type { NodeView, ParamView, PortView, RailView } from "./view.ts";

/** A zone among the things around it. */
export interface ZonePlace {
  readonly key: string;
  readonly id: string;
  readonly scope: Scope;
  readonly types: Types;
  /** Counters that are read in the body. */
  readonly counted: readonly string[];
}

/** A zone as its rails say: closed, a node whose inputs are the left border and whose outputs are the right one. */
export function zoneView(place: ZonePlace, zone: Zone): NodeView {
  const { key, id } = place;
  const page = zonePages[zone.type];
  const plain = inputViews({
    key,
    wires: zone.in ?? {},
    ports: ownPorts(zone),
    params: isRepeat(zone) ? ["count"] : [],
    given: Object.keys(zone.params ?? {}),
  }).map(countMissing(zone));
  const top = plain.length + (isWhile(zone) ? 1 : 0);
  const rails = placed(isLoop(zone) ? loopRails(place, zone) : ifRails(place, zone), top);
  const rows = Math.max(top, ...rails.map((rail) => (rail.row ?? -1) + height(rail)));
  return {
    key,
    id,
    kind: "zone",
    type: zone.type,
    title: page.title,
    label: null,
    stands: null,
    family: familyOf(zone.type),
    summary: page.summary,
    symbol: symbolOf(zone.type),
    inputs: [
      ...plain.map((input, row) => ({ ...input, row })),
      ...rails.flatMap(({ init }) => (init === null ? [] : [init])),
    ],
    outputs: rails.flatMap(({ final }) => (final === null ? [] : [final])),
    rails,
    params: zoneParams(zone).map((param) => ({ ...param, row: param.pinned ? 0 : null })),
    rows,
    width: widthOf(
      page.title,
      rails.map(({ name }) => `${name}   ${name}`),
    ),
    height: heightOf(rows),
  };
}

const ownPorts = (zone: Zone) =>
  isRepeat(zone)
    ? { count: { ...port.scalar(), optional: true } }
    : isLoop(zone)
      ? {}
      : { condition: port.scalar() };

/** [Z5] A repeat zone needs its count as a param or a wire. */
const countMissing =
  (zone: Zone) =>
  (input: PortView): PortView =>
    isRepeat(zone) && input.name === "count"
      ? { ...input, missing: input.ref === null && own(zone.params, "count") === undefined }
      : input;

function zoneParams(zone: Zone): readonly ParamView[] {
  const name = isRepeat(zone) ? "count" : isWhile(zone) ? "max" : null;
  if (name === null) return [];
  const value = own<unknown>(zone.params, name);
  const wired = own(zone.in, name) !== undefined;
  return pin([
    paramView({ name, value, given: value !== undefined, structural: name === "max", wired }),
  ]).map((param) => (param.structural ? param : { ...param, pinned: !wired }));
}

type Unplaced = Omit<RailView, "row">;

function loopRails({ key, id, scope, types, counted }: ZonePlace, zone: Loop): readonly Unplaced[] {
  const inner = loopScope(scope, id, zone);
  const inside = (ref: Ref) => types.typeOfRef(inner, ref);
  const each = Object.entries(isForEach(zone) ? zone.each : {}).map(([name, ref]): Unplaced => {
    const place = `${key}/each/${name}`;
    return {
      ...empty("each", name, inside(`@${name}`)),
      init: input(place, name, ref, port.list()),
      current: [source(`${place}/current`, name, `@${name}`, inside(`@${name}`))],
    };
  });
  const states = Object.entries(zone.states ?? {}).map(
    ([name, { init, next, depth = 1 }]): Unplaced => {
      const place = `${key}/states/${name}`;
      const type = inside(`@${name}`);
      return {
        ...empty("state", name, type),
        init: input(`${place}/init`, name, init, type),
        current: [...Array(depth).keys()].map((back) => earlier(place, name, back, type)),
        next: [input(`${place}/next`, name, next, type)],
        final: source(`${key}/out/${name}`, name, `${id}.${name}`, type),
      };
    },
  );
  const scans = Object.entries(zone.scans ?? {}).map(([name, ref]): Unplaced => ({
    ...empty("scan", name, port.list()),
    next: [input(`${key}/scans/${name}`, name, ref, inside(ref))],
    final: source(`${key}/out/${name}`, name, `${id}.${name}`, port.list()),
  }));
  return [...each, ...states, ...scans, ...endRail(key, zone), ...counterRails(key, counted)];
}

function endRail(key: string, zone: Loop): readonly Unplaced[] {
  const kind = isWhile(zone) ? "while" : "stop";
  const ref = isWhile(zone) ? zone.while : zone.stop;
  if (ref === undefined) return [];
  const next = [input(`${key}/${kind}`, kind, ref, port.scalar())];
  return [{ ...empty(kind, kind, port.scalar()), next }];
}

const counterRails = (key: string, counted: readonly string[]): readonly Unplaced[] =>
  counters.map((name) => ({
    ...empty("counter", name, port.scalar()),
    current: counted.includes(name)
      ? [source(`${key}/counters/${name}`, name, `@${name}`, port.scalar())]
      : [],
  }));

/** Both branches' outputs of one name share a rail. */
function ifRails({ key, id, scope, types }: ZonePlace, zone: IfZone): readonly Unplaced[] {
  const names = new Set([...Object.keys(zone.then.outputs), ...Object.keys(zone.else.outputs)]);
  return [...names].map((name) => {
    const type = types.typeOfRef(scope, `${id}.${name}`);
    const next = (["then", "else"] as const).map((branch) => {
      const ref = own(zone[branch].outputs, name) ?? null;
      const inner = branchScope(scope, id, zone, branch);
      const read = ref === null ? type : types.typeOfRef(inner, ref);
      return input(`${key}/${branch}/outputs/${name}`, name, ref, read);
    });
    const final = source(`${key}/out/${name}`, name, `${id}.${name}`, type);
    return { ...empty("output", name, type), next, final };
  });
}

const empty = (kind: RailView["kind"], name: string, type: PortView["type"]): Unplaced => ({
  kind,
  name,
  type,
  init: null,
  current: [],
  next: [],
  final: null,
});

const subscripts = ["", "₋₁", "₋₂"] as const;

function earlier(place: string, name: string, back: number, type: PortView["type"]): PortView {
  const view = source(
    `${place}/current${back === 0 ? "" : `/${back}`}`,
    name,
    back === 0 ? `@${name}` : `@${name}.${back}`,
    type,
  );
  return { ...view, label: `${name}${subscripts[back] ?? ""}` };
}

const source = (key: string, name: string, ref: Ref, type: PortView["type"]): PortView => ({
  key,
  name,
  label: name,
  type,
  optional: false,
  missing: false,
  ref,
  param: false,
  row: null,
});

/** A reference that is still to be wired stands in the file as an empty one. */
const input = (key: string, name: string, ref: Ref | null, type: PortView["type"]): PortView => ({
  ...source(key, name, "", type),
  missing: ref === null || ref === "",
  ref: ref === "" ? null : ref,
});

const height = ({ current, next }: Unplaced): number => Math.max(1, current.length, next.length);

/** Rails from a row on, one under the other; a rail that shows nothing takes no row. */
function placed(rails: readonly Unplaced[], from: number): readonly RailView[] {
  let row = from;
  return rails.map((rail) => {
    const shown = rail.kind !== "counter" || rail.current.length > 0;
    const at = shown ? row : null;
    if (shown) row += height(rail);
    const below = (port: PortView, i: number): PortView => ({
      ...port,
      row: at === null ? null : at + i,
    });
    return {
      ...rail,
      init: rail.init === null ? null : below(rail.init, 0),
      current: rail.current.map(below),
      next: rail.next.map(below),
      final: rail.final === null ? null : below(rail.final, 0),
      row: at,
    };
  });
}
