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

export function analyse(document: Document, registry: Registry): Analysis {
  const issues = validate(document, registry);
  const keyed = issues.map((issue) => ({ issue, key: keyOf(issue.at.path ?? []) }));
  return {
    document,
    types: createTypes(document, registry),
    issues,
    issuesAt: (key) =>
      keyed
        .filter((at) => at.key === key || at.key.startsWith(`${key}/`))
        .map(({ issue }) => issue),
  };
}
