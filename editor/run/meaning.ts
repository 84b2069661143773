import type { Document } from "../../runtime/graph/document.ts";
import { sameValue } from "../../runtime/base/same-value.ts";

/** Whether two documents compute the same: layout and texts aside. */
export function sameMeaning(a: Document, b: Document): boolean {
  return (
    a === b ||
    (["graph", "inputs", "outputs", "blocks", "task"] as const).every((part) =>
      sameValue(a[part], b[part]),
    )
  );
}
