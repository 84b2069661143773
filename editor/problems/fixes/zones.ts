import { isForEach, isIfZone, isLoop, isWhile } from "../../../runtime/graph/document.ts";
import { nearest } from "../../../runtime/graph/nearest.ts";
import { own } from "../../../runtime/graph/own.ts";
import { loopScope, scopesOutwards } from "../../../runtime/graph/scope.ts";
import { addNode } from "../../document/edits/add-node.ts";
import { deleteAt, setAt } from "../../document/edits/draft.ts";
import { addEach, addScan, addState, removeRail } from "../../document/edits/rails.ts";
import { remove } from "../../document/edits/remove.ts";
import { idOf, keyOf } from "../../document/keys.ts";
import { placeOf } from "../../document/places.ts";
import { firstValue } from "./first-value.ts";
import { valueAt, type Fixer, type QuickFix } from "./fix.ts";
import { unreadPorts } from "./unread-ports.ts";

/** A number that a zone is given to begin with. */
const usualCount = 10;
const usualMax = 100;

/** Rails offered at once. */
const most = 3;

const count: Fixer = ({ key }) => [
  {
    label: { key: "problems.fix.count", values: { count: usualCount } },
    recipe: (draft) => setAt(draft, key, usualCount),
  },
];

/** A while zone without the number of iterations that it ends after. */
const max: Fixer = (fault) => {
  const place = placeOf(fault.analysis.document, fault.key);
  if (place === null || !isWhile(place.node) || place.rest.join("/") !== "params/max") return [];
  if (typeof valueAt(fault) === "number") return [];
  const label = { key: "problems.fix.max", values: { max: usualMax } };
  return [{ label, recipe: (draft) => setAt(draft, fault.key, usualMax) }];
};

/** A while zone that its number of iterations ended may have twice as many. */
const limit: Fixer = ({ analysis, key }) => {
  const place = placeOf(analysis.document, key);
  const given = place !== null && isWhile(place.node) ? place.node.params.max : null;
  if (place === null || typeof given !== "number") return [];
  const label = { key: "problems.fix.max", values: { max: 2 * given } };
  return [{ label, recipe: (draft) => setAt(draft, `${place.key}/params/max`, 2 * given) }];
};

/** A condition that comes of the body is carried by a state, which begins with 1: the first iteration is done. */
const condition: Fixer = (fault) => {
  const { analysis, registry, key } = fault;
  const place = placeOf(analysis.document, key);
  const ref = valueAt(fault);
  if (place === null || typeof ref !== "string") return [];
  const recipe: QuickFix["recipe"] = (draft) => {
    const params = { expression: "1" };
    const body = keyOf(place.scope.path);
    const one = { kind: "node", type: "math/expression" } as const;
    const begin = addNode(draft, registry, { body, node: one, params });
    const rail = addState(draft, place.key, { side: "inside", ref });
    if (rail === null) return;
    setAt(draft, `${rail}/init`, `${idOf(begin)}.x`);
    setAt(draft, key, `@${idOf(rail)}`);
  };
  return [{ label: { key: "problems.fix.carry", values: { ref } }, recipe }];
};

/** A loop without rails: what nobody reads in it is carried, or collected where it is a number. */
const noOutput: Fixer = ({ analysis, registry, key }) => {
  const place = placeOf(analysis.document, key);
  if (place === null || !isLoop(place.node)) return [];
  const scope = loopScope(place.scope, place.id, place.node);
  return unreadPorts({ analysis, registry }, scope)
    .slice(0, most)
    .map(({ ref, isTensor }) => ({
      label: { key: `problems.fix.${isTensor ? "carry" : "collect"}`, values: { ref } },
      recipe: (draft) => {
        if (!isTensor) return void addScan(draft, key, ref);
        const rail = addState(draft, key, { side: "inside", ref });
        const type = analysis.types.typeOfRef(scope, ref);
        if (rail !== null) setAt(draft, `${rail}/init`, firstValue(analysis, scope, type));
      },
    }));
};

const empty: Fixer = ({ analysis, key }) => {
  const place = placeOf(analysis.document, key.replace(/\/body$/u, ""));
  if (place === null) return [];
  const label = { key: "problems.fix.remove", values: { name: place.id } };
  return [{ label, recipe: (draft) => remove(draft, [place.key]) }];
};

/** A for-each zone without a list: the levels of a schedule that it can see. */
const each: Fixer = ({ analysis, key }) => {
  const place = placeOf(analysis.document, key);
  const root = place === null ? undefined : scopesOutwards(place.scope).at(-1);
  if (place === null || !isForEach(place.node) || root?.kind !== "root") return [];
  return Object.entries(root.inputs)
    .filter(([, { kind }]) => kind === "schedule")
    .map(([name]) => {
      const ref = `@${name}.levels`;
      const label = { key: "problems.fix.visit", values: { ref } };
      return { label, recipe: (draft) => void addEach(draft, place.key, ref) };
    });
};

/** What cannot be carried is read where it is: the rail goes, and who read it reads what it began with. */
const state: Fixer = ({ analysis, key }) => {
  const place = placeOf(analysis.document, key);
  const [group, name = "", side] = place?.rest ?? [];
  if (place === null || group !== "states" || side !== "init" || !isLoop(place.node)) return [];
  const label = {
    key: "problems.fix.readDirectly",
    values: { ref: place.node.states?.[name]?.init ?? "" },
  };
  return [{ label, recipe: (draft) => removeRail(draft, `${place.key}/states/${name}`) }];
};

/** An output of one branch: the other's takes its name where it is nearly that, else it goes. */
const branches: Fixer = ({ analysis, key }) => {
  const place = placeOf(analysis.document, key);
  const [branch = "", , name = ""] = place?.rest ?? [];
  if (place === null || !isIfZone(place.node)) return [];
  const other = branch === "then" ? "else" : "then";
  const there = place.node[other].outputs;
  const near = nearest(name, Object.keys(there));
  const outputs = `${place.key}/${other}/outputs`;
  const rename: QuickFix = {
    label: { key: "problems.fix.replace", values: { from: near ?? "", to: name } },
    recipe: (draft) => {
      setAt(draft, `${outputs}/${name}`, own(there, near ?? ""));
      deleteAt(draft, `${outputs}/${near}`);
    },
  };
  const drop: QuickFix = {
    label: { key: "problems.fix.remove", values: { name } },
    recipe: (draft) => removeRail(draft, `${place.key}/outputs/${name}`),
  };
  return near === null ? [drop] : [rename, drop];
};

export const zoneFixers: Readonly<Record<string, Fixer>> = {
  "zone.count": count,
  "zone.limit": limit,
  "zone.while": condition,
  "zone.no-output": noOutput,
  "zone.empty": empty,
  "zone.each": each,
  "zone.state": state,
  "zone.branches": branches,
  "param.invalid": max,
};
