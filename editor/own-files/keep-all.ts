import type { Message } from "../document/history.ts";
import { cardIn } from "./card-in.ts";
import { kindOf } from "./kind-of.ts";
import { cardName, type OwnFile } from "./own-file.ts";
import { OwnFilesError } from "./own-files-error.ts";
import type { OwnFiles } from "./own-files.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Keeps a file; the JSON beside a model goes with it. Null where it is of no kind that graphs name. */
export async function keepFile(
  files: OwnFiles,
  name: string,
  beside: ReadonlyMap<string, Bytes>,
): Promise<OwnFile | null> {
  const bytes = beside.get(name) ?? new Uint8Array();
  const kind = kindOf(name, bytes);
  if (kind === null) return null;
  return kind === "model"
    ? files.putModel(name, bytes, cardIn(beside.get(cardName(name))))
    : files.put(name, bytes, kind);
}

/** Keeps the files that graphs can name, and says of each that was not kept why. */
export async function keepAll(
  files: OwnFiles,
  given: readonly File[],
): Promise<readonly Message[]> {
  const beside = await bytesOf(given);
  const cards = new Set([...beside.keys()].filter((name) => /\.onnx$/iu.test(name)).map(cardName));
  const words: Message[] = [];
  for (const name of beside.keys()) {
    if (cards.has(name)) continue;
    try {
      const kept = await keepFile(files, name, beside);
      if (kept === null) words.push({ key: "files.refused.kind", values: { name } });
    } catch (fault) {
      if (!(fault instanceof OwnFilesError)) throw fault;
      words.push(fault.words);
    }
  }
  return words;
}

/** Files by their names. */
export const bytesOf = async (given: readonly File[]): Promise<ReadonlyMap<string, Bytes>> =>
  new Map(
    await Promise.all(
      given.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())] as const),
    ),
  );
