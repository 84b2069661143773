import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Analysis } from "../document/analysis.ts";
import { keyOf } from "../document/keys.ts";
import { cycleFixers } from "./fixes/cycle.ts";
import { fileFixers } from "./fixes/files.ts";
import type { QuickFix } from "./fixes/fix.ts";
import { nameFixers } from "./fixes/names.ts";
import { operatorFixers } from "./fixes/operators.ts";
import { paramFixers } from "./fixes/params.ts";
import { renameFixers } from "./fixes/rename.ts";
import { wholeFixers } from "./fixes/whole.ts";
import { wireFixers } from "./fixes/wires.ts";
import { zoneFixers } from "./fixes/zones.ts";

export type { QuickFix } from "./fixes/fix.ts";

/** What fixes an issue comes first; what takes the faulty thing away comes last. */
const tables = [
  nameFixers,
  renameFixers,
  wholeFixers,
  zoneFixers,
  cycleFixers,
  fileFixers,
  wireFixers,
  paramFixers,
  operatorFixers,
];

/** The mends of an issue of this document that need no thought; the best first. `models` are those that a graph may name. */
export function quickFixes(
  issue: Issue,
  analysis: Analysis,
  registry: Registry,
  models: readonly string[] = [],
): readonly QuickFix[] {
  const fault = { issue, key: keyOf(issue.at.path ?? []), analysis, registry, models };
  return tables.flatMap((table) => own(table, issue.code)?.(fault) ?? []);
}
