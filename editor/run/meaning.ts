import type { Document } from "../../runtime/graph/document.ts";
import { deepEqual } from "../../runtime/protocol/deep-equal.ts";

/** Whether two documents compute the same: layout and texts aside. */
export function sameMeaning(a: Document, b: Document): boolean {
  return (
    a === b ||
    (["graph", "inputs", "outputs", "blocks", "task"] as const).every((part) =>
      deepEqual(a[part], b[part]),
    )
  );
}
