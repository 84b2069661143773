import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Types } from "../../runtime/graph/types.ts";
import { createTypes } from "../../runtime/graph/types.ts";
import { validate } from "../../runtime/graph/validate.ts";
import type { Key } from "./keys.ts";
import { keyOf } from "./keys.ts";

/** What is known of a document without running it. */
export interface Analysis {
  readonly document: Document;
  readonly types: Types;
  readonly issues: readonly Issue[];
  /** Issues that lie at a key or below it. */
  issuesAt(key: Key): readonly Issue[];
}

/** The analysis of a document that has been edited; where only its layout has, nothing is found anew. */
export function followed(before: Analysis, document: Document, registry: Registry): Analysis {
  const { graph, inputs, outputs, blocks, task } = before.document;
  const isSame =
    document.graph === graph &&
    document.inputs === inputs &&
    document.outputs === outputs &&
    document.blocks === blocks &&
    document.task === task;
  return isSame ? { ...before, document } : analyse(document, registry);
}

export function analyse(document: Document, registry: Registry): Analysis {
  const issues = validate(document, registry);
  const found = new Map<Key, Issue[]>();
  for (const issue of issues) {
    const path = issue.at.path ?? [];
    for (let length = 1; length <= path.length; length += 1) {
      const key = keyOf(path.slice(0, length));
      const here = found.get(key);
      if (here === undefined) found.set(key, [issue]);
      else here.push(issue);
    }
  }
  return {
    document,
    types: createTypes(document, registry),
    issues,
    issuesAt: (key) => found.get(key) ?? [],
  };
}
