import type { Issue } from "../../../runtime/base/issue.ts";
import type { Registry } from "../../../runtime/graph/define-node.ts";
import type { Analysis } from "../../document/analysis.ts";
import type { Message, Recipe } from "../../document/history.ts";
import type { Key } from "../../document/keys.ts";

/** A mend that needs no thought: what it does, in words, and the edit. */
export interface QuickFix {
  readonly label: Message;
  readonly recipe: Recipe;
}

/** An issue of the present document, and all that a mend is found by. */
export interface Fault {
  readonly issue: Issue;
  readonly key: Key;
  readonly analysis: Analysis;
  readonly registry: Registry;
  /** Names of the models that are there. */
  readonly models: readonly string[];
}

export type Fixer = (fault: Fault) => readonly QuickFix[];

/** The value at the place of a fault; undefined where there is none. */
export function valueAt({ analysis, key }: Fault): unknown {
  return key.split("/").reduce<unknown>((at, part) => {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    return (at as Readonly<Record<string, unknown>>)[part];
  }, analysis.document);
}
