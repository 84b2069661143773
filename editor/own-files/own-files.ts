import { createStore, type StoreApi } from "zustand/vanilla";
import type { BlockFacts } from "../blocks/shelf-block.ts";
import { freeName, plainName } from "./free-name.ts";
import {
  cardName,
  modelStem,
  type ModelCard,
  type OwnContent,
  type OwnFile,
  type OwnFileKind,
} from "./own-file.ts";
import type { OwnFileRecords } from "./own-file-records.ts";
import { emptyFile, inWords, largeFile } from "./own-files-error.ts";

/** What is known of the user's own files. */
export interface OwnFilesState {
  /** In the order in which they came; null until they were first read. */
  readonly files: readonly OwnFile[] | null;
  /** Whether they outlive the tab. */
  readonly kept: boolean;
}

/** A file that a graph names. `NeededAsset` of the runtime is one. */
export interface NamedFile {
  readonly kind: "image" | "tensor" | "model";
  readonly file: string;
  readonly sha256?: string;
}

/**
 * The user's own files: pictures, models, sounds, arrays and blocks, kept by this browser. Nothing here sends them anywhere; a
 * run on a server of the user's takes along what its graph names.
 */
export interface OwnFiles {
  readonly state: StoreApi<OwnFilesState>;
  /** Whether Denoodle comes with a file of that name. */
  readonly isReserved: (name: string) => boolean;
  /**
   * Keeps a file. The name becomes a plain one; where another file has it, or one that Denoodle comes with, the file is
   * called `cat-2.png`. The same file put twice is one file.
   *
   * @returns what it is called, and its hash: `{ "asset": name, "sha256": sha256 }` in a slot, `name` in a node's params.
   * @throws OwnFilesError in words: it is empty, too large, or the browser has no room.
   */
  put(
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
    kind: Exclude<OwnFileKind, "model" | "block">,
  ): Promise<OwnFile>;
  /**
   * Keeps a block as the graph file that it is, for other graphs to take.
   *
   * @throws OwnFilesError as `put`.
   */
  putBlock(name: string, bytes: Uint8Array<ArrayBuffer>, facts: BlockFacts): Promise<OwnFile>;
  /**
   * Keeps an ONNX model with its card (the JSON beside it, of whose field `denoodle` `prior/onnx` reads what its params
   * leave out), or without one. The same model with another card is another file. Weights must be in the file.
   *
   * @returns as `put`; `prior/onnx` takes the name as its `model`.
   * @throws OwnFilesError as `put`.
   */
  putModel(name: string, bytes: Uint8Array<ArrayBuffer>, card: ModelCard | null): Promise<OwnFile>;
  /** Null where there is none of the name. */
  get(name: string): Promise<OwnContent | null>;
  /** All of them, as they are now. */
  list(): Promise<readonly OwnFile[]>;
  /** Forgets a file; a document that names it misses it from then on. */
  remove(name: string): Promise<void>;
  /**
   * The files of a graph that are own ones, by the names that it uses, as runs take them (a model's card beside it). One
   * of the right hash is found under any name; what is not there is left out, and the run says so.
   */
  contentsOf(named: readonly NamedFile[]): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>>;
}

export interface OwnFilesParts {
  /** `kept`: whether they outlive the tab. */
  readonly records: Promise<{ readonly records: OwnFileRecords; readonly kept: boolean }>;
  /** Names of files that Denoodle comes with: there an own file would be another one for the command line. */
  readonly isReserved: (name: string) => boolean;
  readonly now: () => number;
  /** Tells other tabs that there is something new, or something gone. */
  readonly tell: () => void;
}

/** The largest file of each kind, in bytes. */
const most: Readonly<Record<OwnFileKind, number>> = {
  picture: 64 * 2 ** 20,
  audio: 256 * 2 ** 20,
  array: 256 * 2 ** 20,
  model: 1024 * 2 ** 20,
  block: 4 * 2 ** 20,
};

type Added = Pick<OwnFile, "name" | "kind" | "card" | "block"> & {
  readonly bytes: Uint8Array<ArrayBuffer>;
};

export function createOwnFiles(parts: OwnFilesParts): OwnFiles {
  const { records: opening, isReserved, tell } = parts;
  const state = createStore<OwnFilesState>(() => ({ files: null, kept: true }));
  const list = async (): Promise<readonly OwnFile[]> => {
    const { records, kept } = await opening;
    const files = (await records.all()).toSorted((a, b) => a.at - b.at);
    state.setState({ files, kept });
    return files;
  };
  const changed = async (): Promise<void> => {
    await list();
    tell();
  };
  const add = async (added: Added): Promise<OwnFile> => {
    const file = await keep(added, parts);
    await changed();
    return file;
  };
  return {
    state,
    isReserved,
    list,
    put: (name, bytes, kind) => add({ name, kind, bytes }),
    putBlock: (name, bytes, block) => add({ name, kind: "block", bytes, block }),
    putModel: (name, bytes, card) =>
      add({ name: `${modelStem(name)}.onnx`, kind: "model", bytes, ...(card && { card }) }),
    async get(name) {
      const file = (await list()).find((each) => each.name === name);
      return file === undefined ? null : contentOf(file, parts);
    },
    async remove(name) {
      await (await opening).records.remove(name);
      await changed();
    },
    contentsOf: async (named) => contentsOf(named, await list(), parts),
  };
}

/** @throws OwnFilesError */
async function keep(
  { name: given, kind, card, block, bytes }: Added,
  { records: opening, isReserved, now }: OwnFilesParts,
): Promise<OwnFile> {
  const name = plainName(given);
  if (bytes.length === 0) throw emptyFile(name);
  if (bytes.length > most[kind]) throw largeFile(name, bytes.length, most[kind]);
  const sha256 = await hashOf(bytes);
  const size = bytes.length;
  const fresh = { kind, sha256, size, at: now(), ...(card && { card }), ...(block && { block }) };
  const { records } = await opening;
  try {
    return await records.add(new Blob([bytes]), (files) => placed(name, fresh, files, isReserved));
  } catch (fault) {
    throw inWords(fault, name, bytes.length);
  }
}

async function contentOf(
  file: OwnFile,
  { records }: Pick<OwnFilesParts, "records">,
): Promise<OwnContent | null> {
  const blob = await (await records).records.bytes(file.sha256);
  return blob && { file, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function contentsOf(
  named: readonly NamedFile[],
  files: readonly OwnFile[],
  parts: OwnFilesParts,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const each of named) {
    if (found.has(each.file) || parts.isReserved(each.file)) continue;
    const file = ownFileOf(each, files);
    const content = file && (await contentOf(file, parts));
    if (content === null) continue;
    found.set(each.file, content.bytes);
    const { card } = content.file;
    if (card !== undefined)
      found.set(cardName(each.file), new TextEncoder().encode(JSON.stringify(card)));
  }
  return found;
}

/** The file that a graph means: of the hash that it states, else of the name; null where there is none. */
export function ownFileOf(
  { kind, file, sha256 }: NamedFile,
  files: readonly OwnFile[],
): OwnFile | null {
  const isOfKind = (own: OwnFile): boolean => (own.kind === "model") === (kind === "model");
  const name = kind === "model" ? `${modelStem(file)}.onnx` : file;
  const fitting = files.filter(isOfKind);
  const same = fitting.find((own) => own.sha256 === sha256);
  return same ?? fitting.find((own) => own.name === name) ?? null;
}

/** The file under the first name that is free, or that it has already. */
function placed(
  name: string,
  fresh: Omit<OwnFile, "name">,
  files: readonly OwnFile[],
  isReserved: (name: string) => boolean,
): OwnFile {
  // file systems to which `Cat.png` and `cat.png` are one are told apart
  const known = new Map(files.map((file) => [file.name.toLowerCase(), file]));
  const isSame = (file: OwnFile): boolean =>
    file.sha256 === fresh.sha256 &&
    file.kind === fresh.kind &&
    JSON.stringify(file.card) === JSON.stringify(fresh.card);
  const free = freeName(name, (tried) => {
    const file = known.get(tried.toLowerCase());
    return isReserved(tried) || (file !== undefined && !isSame(file));
  });
  return known.get(free.toLowerCase()) ?? { name: free, ...fresh };
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
