import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { kindOf } from "./kind-of.ts";
import { namedFiles } from "./named-files.ts";
import { cardName, modelStem, type ModelCard, type OwnFile } from "./own-file.ts";
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
  const bytes = contents.get(name);
  const kind = bytes && kindOf(name, bytes);
  if (bytes === undefined || kind === undefined || kind === null) return null;
  return kind === "model"
    ? files.putModel(name, bytes, cardIn(contents, file))
    : files.put(file, bytes, kind);
}

/** The JSON beside a model; null where there is none that can be read. */
function cardIn(contents: Contents, model: string): ModelCard | null {
  const bytes = contents.get(cardName(model));
  if (bytes === undefined) return null;
  try {
    const card: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isObject = typeof card === "object" && card !== null && !Array.isArray(card);
    return isObject ? (card as ModelCard) : null;
  } catch {
    // what is no JSON is no card
    return null;
  }
}
