import type { Issue } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import { type LocatedFile, namedFiles } from "./named-files.ts";
import type { OwnFiles } from "./own-files.ts";

/** Issues of a file that is not there, is another than the graph was made with, or is where no graph may look. */
const ofFiles: ReadonlySet<string> = new Set(["asset.missing", "asset.changed", "asset.outside"]);

/** The file that an issue says a document lacks; null where it is about something else, or is out of date. */
export function fileLackedBy(
  { code, at }: Issue,
  document: Document,
  { registry, files }: { readonly registry: Registry; readonly files: OwnFiles },
): LocatedFile | null {
  if (!ofFiles.has(code)) return null;
  const path = at.path?.join("/");
  const named = namedFiles(document, registry, files.isReserved);
  return named.find((each) => each.path.join("/") === path) ?? null;
}
