import type { Body, Document } from "../document.ts";
import { isBlockNode, isIfZone, isLoop } from "../document.ts";
import { topologicalSort } from "../order.ts";
import type { Check } from "./check.ts";
import { report } from "./check.ts";
import { checkName } from "./names.ts";

/** [B2] Blocks that use one another in a circle; [N1] their names. */
export function checkBlocks(check: Check): void {
  const { blocks } = check.document;
  for (const name of Object.keys(blocks)) checkName(check, ["blocks", name], name, "name");
  for (const cycle of blockCycles(check.document))
    report(check, ["blocks", cycle[0] ?? ""], {
      code: "block.recursive",
      message: `A block cannot contain itself: ${cycle.join(" → ")}.`,
      got: cycle.join(" → "),
    });
}

function blockCycles({ blocks }: Document): readonly (readonly string[])[] {
  const uses = Object.entries(blocks).map(([name, { graph }]) => {
    const used = new Set<string>();
    collectUses(graph, used);
    return [name, new Set([...used].filter((other) => Object.hasOwn(blocks, other)))] as const;
  });
  return topologicalSort(new Map(uses)).cycles;
}

function collectUses(body: Body, uses: Set<string>): void {
  for (const node of Object.values(body)) {
    if (isBlockNode(node)) uses.add(node.use);
    if (isLoop(node)) collectUses(node.body, uses);
    if (isIfZone(node)) for (const branch of [node.then, node.else]) collectUses(branch.body, uses);
  }
}
