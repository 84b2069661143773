import { blockScope, graphScope } from "../../../runtime/graph/scope.ts";
import { deleteAt } from "../../document/edits/draft.ts";
import { remove } from "../../document/edits/remove.ts";
import { addOutput } from "../../document/edits/slots.ts";
import { idOf } from "../../document/keys.ts";
import type { Fixer } from "./fix.ts";
import { unreadPorts } from "./unread-ports.ts";

/** Most outputs offered at once. */
const most = 3;

/** A graph or a block from which nothing comes: what nobody reads could come out, tensors first. */
const noOutputs: Fixer = (fault) => {
  const [first, name = ""] = fault.key.split("/");
  const { document } = fault.analysis;
  const block = first === "blocks" ? name : null;
  const scope = block === null ? graphScope(document) : blockScope(document, block);
  if (scope === null) return [];
  return unreadPorts(fault, scope)
    .slice(0, most)
    .map(({ ref }) => ({
      label: { key: "problems.fix.output", values: { ref } },
      recipe: (draft) => void addOutput(draft, { block, ref }),
    }));
};

const slotDefault: Fixer = ({ key }) => {
  const slot = /^(.*\/)?inputs\/([^/]+)\/default/.exec(key);
  if (slot === null) return [];
  const [place, , name = ""] = slot;
  const label = { key: "problems.fix.removeDefault", values: { name } };
  return [{ label, recipe: (draft) => deleteAt(draft, place) }];
};

const unread: Fixer = ({ key }) => [
  {
    label: { key: "problems.fix.remove", values: { name: idOf(key) } },
    recipe: (draft) => remove(draft, [key]),
  },
];

export const wholeFixers: Readonly<Record<string, Fixer>> = {
  "graph.no-outputs": noOutputs,
  "block.no-outputs": noOutputs,
  "slot.default": slotDefault,
  "slot.unread": unread,
};
