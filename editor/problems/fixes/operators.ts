import type { Document } from "../../../runtime/graph/document.ts";
import { isBlockNode, isIfZone, isLoop } from "../../../runtime/graph/document.ts";
import { blockScope, graphScope } from "../../../runtime/graph/scope.ts";
import { replaceNode } from "../../document/edits/replace-node.ts";
import { bodyKeyOf, type Key } from "../../document/keys.ts";
import { nodeAt } from "../../document/places.ts";
import type { Fixer } from "./fix.ts";

/** Where an operator lacks what a node needs, a node that stands for it with less. */
const lacks: Fixer = ({ issue, analysis, registry }) => {
  const key = issue.at.node === undefined ? null : keyInside(analysis.document, issue.at.node);
  const type = key === null ? undefined : nodeAt(analysis.document, key)?.node.type;
  if (key === null || type === undefined) return [];
  return registry.types.flatMap((other) => {
    const [definition] = registry.versions(other);
    if (definition?.standsFor?.type !== type) return [];
    const { params } = definition.standsFor;
    return [
      {
        label: { key: "problems.fix.standIn", values: { title: definition.title } },
        recipe: (draft) => replaceNode(draft, registry, key, { kind: "node", type: other, params }),
      },
    ];
  });
};

/** The key of a node by the path that an engine names it by, which leads into the blocks that are used on its way. */
function keyInside(document: Document, path: string): Key | null {
  const names = path.split("/");
  let body = bodyKeyOf(graphScope(document));
  for (let i = 0; i < names.length; i += 1) {
    const key = `${body}/${names[i]}`;
    const node = nodeAt(document, key)?.node;
    if (node === undefined) return null;
    if (i === names.length - 1) return key;
    if (isLoop(node)) body = `${key}/body`;
    else if (isIfZone(node)) {
      i += 1;
      body = `${key}/${names[i]}/body`;
    } else {
      const block = isBlockNode(node) ? blockScope(document, node.use) : null;
      if (block === null) return null;
      body = bodyKeyOf(block);
    }
  }
  return null;
}

export const operatorFixers: Readonly<Record<string, Fixer>> = { "operator.lacks": lacks };
