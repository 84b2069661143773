import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { keepFile } from "./keep-all.ts";
import { namedFiles } from "./named-files.ts";
import { modelStem, type OwnFile } from "./own-file.ts";
import type { OwnFiles } from "./own-files.ts";
import { type Renamed, withFiles } from "./rename-files.ts";

export type Contents = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/**
 * Keeps the files that came with a document and that it names; where a name was another file's, the document says the
 * new one.
 *
 * @throws OwnFilesError
 */
export async function takeFiles(
  document: Document,
  contents: Contents,
  { files, registry }: { readonly files: OwnFiles; readonly registry: Registry },
): Promise<Document> {
  const renamed = new Map<string, Renamed>();
  for (const { file } of namedFiles(document, registry, files.isReserved)) {
    const kept = renamed.has(file) ? null : await keep(file, contents, files);
    if (kept !== null && ![file, `${file}.onnx`].includes(kept.name)) renamed.set(file, kept);
  }
  return renamed.size === 0 ? document : withFiles(document, registry, renamed);
}

/** Null where it did not come, or is of no kind that graphs name. */
async function keep(file: string, contents: Contents, files: OwnFiles): Promise<OwnFile | null> {
  const name = contents.has(file) ? file : `${modelStem(file)}.onnx`;
  return contents.has(name) ? keepFile(files, name, contents) : null;
}
