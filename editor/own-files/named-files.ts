import { neededByDocument } from "../../runtime/compile/needed-assets.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { LibraryManifest } from "../run/library-manifest.ts";
import type { NamedFile } from "./own-files.ts";
import { cardName, modelStem } from "./own-file.ts";

/** A file that a graph names, and where it does. */
export interface LocatedFile extends NamedFile {
  readonly path: readonly (string | number)[];
}

/** The files that a document names and Denoodle does not come with. */
export const namedFiles = (
  document: Document,
  registry: Registry,
  isReserved: (name: string) => boolean,
): readonly LocatedFile[] =>
  neededByDocument(document, registry, new Set()).filter(({ file }) => !isReserved(file));

/** Whether a name is that of a file that Denoodle comes with. */
export function reservedBy({
  assets,
  models,
}: Pick<LibraryManifest, "assets" | "models">): (name: string) => boolean {
  const names = new Set([
    ...assets.map(({ name }) => name),
    ...models.flatMap(({ name }) => [modelStem(name), `${modelStem(name)}.onnx`, cardName(name)]),
  ]);
  return (name) => names.has(name);
}
