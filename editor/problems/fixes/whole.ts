import { graphScope } from "../../../runtime/graph/scope.ts";
import { deleteAt, setAt } from "../../document/edits/draft.ts";
import { addOutput } from "../../document/edits/slots.ts";
import { nodeView } from "../../document/node-view.ts";
import { readersOf } from "../../document/reads.ts";
import type { Fixer } from "./fix.ts";

/** Most outputs offered at once. */
const most = 3;

/** A graph from which nothing comes: what nobody reads could come out, tensors first. */
const noOutputs: Fixer = ({ analysis, registry }) => {
  const { document } = analysis;
  const scope = graphScope(document);
  const readers = readersOf(document);
  const ports = Object.keys(document.graph).flatMap((id) => {
    const view = nodeView(scope, id, analysis, registry);
    return (view?.outputs ?? [])
      .filter(({ key, type }) => !readers.has(key) && type !== null && isResult.has(type.kind))
      .map((port) => ({
        ref: `${id}.${port.name}`,
        name: port.name,
        isTensor: port.type?.kind === "tensor",
      }));
  });
  const first = [
    ...ports.filter(({ isTensor }) => isTensor),
    ...ports.filter(({ isTensor }) => !isTensor),
  ];
  return first.slice(0, most).map(({ ref }) => ({
    label: { key: "problems.fix.output", values: { ref } },
    recipe: (draft) => void addOutput(draft, { block: null, ref }),
  }));
};

const isResult: ReadonlySet<string> = new Set(["tensor", "number", "scalar", "list"]);

/** A number that a zone is given to begin with. */
const usualCount = 10;

const count: Fixer = ({ key }) => [
  {
    label: { key: "problems.fix.count", values: { count: usualCount } },
    recipe: (draft) => setAt(draft, key, usualCount),
  },
];

const slotDefault: Fixer = ({ key }) => {
  const slot = /^(.*\/)?inputs\/([^/]+)\/default/.exec(key);
  if (slot === null) return [];
  const [place, , name = ""] = slot;
  const label = { key: "problems.fix.removeDefault", values: { name } };
  return [{ label, recipe: (draft) => deleteAt(draft, place) }];
};

export const wholeFixers: Readonly<Record<string, Fixer>> = {
  "graph.no-outputs": noOutputs,
  "zone.count": count,
  "slot.default": slotDefault,
};
