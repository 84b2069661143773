import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import { own } from "../../runtime/graph/own.ts";
import type { Analysis } from "../document/analysis.ts";
import { keyOf } from "../document/keys.ts";
import type { QuickFix } from "./fixes/fix.ts";
import { nameFixers } from "./fixes/names.ts";
import { paramFixers } from "./fixes/params.ts";
import { wholeFixers } from "./fixes/whole.ts";
import { wireFixers } from "./fixes/wires.ts";

export type { QuickFix } from "./fixes/fix.ts";

/** What fixes an issue comes first; what takes the faulty thing away comes last. */
const tables = [nameFixers, wholeFixers, wireFixers, paramFixers];

/** The mends of an issue of this document that need no thought; the best first. */
export function quickFixes(
  issue: Issue,
  analysis: Analysis,
  registry: Registry,
): readonly QuickFix[] {
  const fault = { issue, key: keyOf(issue.at.path ?? []), analysis, registry };
  return tables.flatMap((table) => own(table, issue.code)?.(fault) ?? []);
}
