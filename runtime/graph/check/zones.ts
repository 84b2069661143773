import type { Branch, IfZone, Loop, RepeatZone, WhileZone } from "../document.ts";
import { isForEach, isRepeat, isWhile } from "../document.ts";
import { formatGot } from "../format-got.ts";
import { nearest } from "../nearest.ts";
import { own } from "../own.ts";
import { unknownParam } from "../params.ts";
import type { PortType } from "../ports.ts";
import { formatPortType, port } from "../ports.ts";
import type { RefSite } from "../ref-sites.ts";
import { refSites } from "../ref-sites.ts";
import type { Scope } from "../scope.ts";
import { branchScope, loopScope } from "../scope.ts";
import type { Check, Finding, Place } from "./check.ts";
import { reportAt } from "./check.ts";
import { checkWires } from "./nodes.ts";
import { checkScalar } from "./params.ts";
import { checkRef } from "./refs.ts";

/** [Z1]–[Z7] A loop: its rails, its end, its params. The nodes of its body are checked apart. */
export function checkLoop(check: Check, place: Place<Loop>): void {
  const { node } = place;
  const repeats = isRepeat(node);
  checkWires(check, place, repeats ? { count: { ...port.scalar(), optional: true } } : {});
  const inner = loopScope(place.scope, place.id, node);
  for (const site of refSites(node)) if (site.role !== "in") checkRail(check, place, inner, site);
  if (repeats) checkCount(check, place, node);
  if (isWhile(node)) checkWhile(check, place, node, inner);
  checkOtherParams(check, place, repeats ? ["count"] : isWhile(node) ? ["max"] : []);
  checkContent(check, place);
}

/** [Z1] Something to run, and something that comes of it. */
function checkContent(check: Check, place: Place<Loop>): void {
  const { node } = place;
  if (Object.keys(node.body).length === 0)
    reportAt(check, place, ["body"], { code: "zone.empty", message: "The zone has no nodes." });
  if (Object.keys({ ...node.states, ...node.scans }).length === 0)
    reportAt(check, place, [], {
      code: "zone.no-output",
      message: "The zone has neither states nor scans: nothing comes out of it.",
      fix: "Carry a value with a state, or collect one with a scan.",
    });
  if (isForEach(node) && Object.keys(node.each).length === 0)
    reportAt(check, place, ["each"], {
      code: "zone.each",
      message: "A for-each zone needs at least one list.",
      fix: 'Name one, such as "level": "@schedule.levels".',
    });
}

function checkRail(check: Check, place: Place<Loop>, inner: Scope, site: RefSite): void {
  const scope = site.scope === "outer" ? place.scope : inner;
  const tell = (finding: Finding): void => reportAt(check, place, site.path, finding);
  const wanted = wantedAt(check, place, site);
  if (checkRef({ check, scope, tell }, site.ref, wanted) === null) return;
  const type = check.types.typeOfRef(scope, site.ref);
  const refusal = type === null ? null : railRefusal(site, type);
  if (refusal !== null) tell(refusal);
}

/** [Z2] A state keeps its type; lists and conditions have one of their own. */
function wantedAt(check: Check, { node, scope }: Place<Loop>, site: RefSite): PortType | null {
  const state = site.role === "next" ? own(node.states, site.name) : undefined;
  if (state !== undefined) return check.types.typeOfRef(scope, state.init);
  if (site.role === "each") return port.list();
  return site.role === "stop" || site.role === "while" ? port.scalar() : null;
}

/** [Z3] What a state cannot hold. */
export const fixedKinds: ReadonlySet<PortType["kind"]> = new Set(["operator", "prior", "schedule"]);
/** [Z4] What a scan collects. */
export const scannedKinds: ReadonlySet<PortType["kind"]> = new Set(["scalar", "number", "level"]);

/** [Z3] [Z4] Values that cannot be carried or collected. */
function railRefusal({ role, ref }: RefSite, type: PortType): Finding | null {
  const got = formatPortType(type);
  if (role === "init" && fixedKinds.has(type.kind))
    return {
      code: "zone.state",
      message: `A state cannot hold a ${got}: it is fixed when the graph is compiled.`,
      got,
      fix: `Read "${ref}" inside the zone directly.`,
    };
  if (role === "scan" && !scannedKinds.has(type.kind))
    return {
      code: "zone.scan",
      message: `A scan collects numbers and levels, got a ${got}.`,
      expected: "scalar or level",
      got,
      fix: "Take a number of it first (a norm, a mean), or watch the wire with a probe.",
    };
  return null;
}

/** [Z5] How often a repeat zone runs. */
function checkCount(check: Check, place: Place, { params, in: wires }: RepeatZone): void {
  const count = own(params, "count");
  const tell = (finding: Finding): void => reportAt(check, place, ["params", "count"], finding);
  if (count === undefined && own(wires, "count") === undefined)
    tell({
      code: "zone.count",
      message: "A repeat zone needs a count.",
      fix: 'Set the param "count", or wire the input "count".',
    });
  else if (typeof count === "number" && !(Number.isInteger(count) && count >= 0))
    tell(badCount(count, 0));
  else if (count !== undefined)
    checkScalar(check, count, { scope: place.scope, scalars: [] }, tell);
}

/** [Z6] A while zone: a bound, and a condition that is known before its body runs. */
function checkWhile(check: Check, place: Place, node: WhileZone, inner: Scope): void {
  const max = own<unknown>(node.params, "max");
  if (typeof max !== "number" || !Number.isInteger(max) || max < 1)
    reportAt(check, place, ["params", "max"], badCount(max, 1));
  const id = node.while.split(".")[0] ?? "";
  if (own(inner.body, id) !== undefined)
    reportAt(check, place, ["while"], {
      code: "zone.while",
      message: `The condition is read before each iteration, so it cannot read "${id}", a node of the body.`,
      fix: `Carry it in a state whose "next" is "${node.while}".`,
    });
}

function badCount(value: unknown, least: number): Finding {
  return {
    code: "param.invalid",
    message: `Expected a whole number of at least ${least}, got ${formatGot(value)}.`,
    expected: `a whole number of at least ${least}`,
    got: formatGot(value),
  };
}

function checkOtherParams(check: Check, place: Place, known: readonly string[]): void {
  for (const name of Object.keys(place.node.params ?? {}))
    if (!known.includes(name)) {
      const { path: _, ...finding } = unknownParam(name, known);
      reportAt(check, place, ["params", name], finding);
    }
}

/** [Z7] An if zone: two branches of one interface. */
export function checkIf(check: Check, place: Place<IfZone>): void {
  const { node } = place;
  checkWires(check, place, { condition: port.scalar() });
  checkOtherParams(check, place, []);
  for (const branch of ["then", "else"] as const) checkBranch(check, place, branch);
  if (Object.keys(node.then.outputs).length + Object.keys(node.else.outputs).length === 0)
    reportAt(check, place, [], { code: "zone.no-output", message: "The zone has no outputs." });
}

function checkBranch(check: Check, place: Place<IfZone>, branch: "then" | "else"): void {
  const { node } = place;
  const scope = branchScope(place.scope, place.id, node, branch);
  const other = branch === "then" ? node.else : node.then;
  for (const [name, ref] of Object.entries(node[branch].outputs)) {
    const tell = (finding: Finding): void =>
      reportAt(check, place, [branch, "outputs", name], finding);
    if (own(other.outputs, name) === undefined) tell(lacking(name, branch, other));
    checkRef(
      { check, scope, tell },
      ref,
      branch === "else" ? typeOfThen(check, place, name) : null,
    );
  }
}

function typeOfThen(
  check: Check,
  { scope, id, node }: Place<IfZone>,
  name: string,
): PortType | null {
  const ref = own(node.then.outputs, name);
  if (ref === undefined) return null;
  const type = check.types.typeOfRef(branchScope(scope, id, node, "then"), ref);
  // the branches may differ in their tags: what comes out is then of unknown tag
  return type?.kind === "tensor" ? port.tensor() : type;
}

function lacking(name: string, branch: "then" | "else", other: Branch): Finding {
  const missing = branch === "then" ? "else" : "then";
  const near = nearest(name, Object.keys(other.outputs));
  return {
    code: "zone.branches",
    message: `Both branches need the same outputs: "${missing}" has no "${name}".`,
    got: name,
    fix:
      near === null ? `Add "${name}" to the outputs of "${missing}".` : `Did you mean "${near}"?`,
  };
}
