import type { BlockFacts } from "../blocks/shelf-block.ts";

/** What a file of the user is to a graph; each kind goes where documents name such a file. */
export const ownFileKinds = ["picture", "model", "audio", "array", "block"] as const;
export type OwnFileKind = (typeof ownFileKinds)[number];

/** A file of the user that this browser keeps. */
export interface OwnFile {
  /** Unique, never with a folder, never that of a file that Denoodle comes with: what a document names. */
  readonly name: string;
  readonly kind: OwnFileKind;
  /** Of the bytes, in lower-case hex: what a document says beside the name. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** When it was put there, in milliseconds since 1970. */
  readonly at: number;
  /** What stands in the JSON file beside a model: how the network is to be asked. */
  readonly card?: ModelCard;
  /** Of a block, what the palette says of it. */
  readonly block?: BlockFacts;
}

/** As `models/*.json`: `nodes/prior/card.ts` reads its field `denoodle`. */
export type ModelCard = Readonly<Record<string, unknown>>;

/** A file with what it holds. */
export interface OwnContent {
  readonly file: OwnFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What names a model without its ending: a document may say `mine` or `mine.onnx`. */
export const modelStem = (name: string): string => name.replace(/\.onnx$/iu, "");

/** The name of the JSON file beside a model. */
export const cardName = (model: string): string => `${modelStem(model)}.json`;
