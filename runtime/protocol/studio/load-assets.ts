import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { IssueError, issueError, type Issue } from "../../base/issue.ts";
import { changedAsset, missingAsset } from "../../compile/asset-issues.ts";
import { locatedAsset } from "../../compile/located-asset.ts";
import type { NeededAsset } from "../../compile/needed-assets.ts";
import type { FilePath } from "../../graph/file-path.ts";
import { finiteFloat32 } from "../../tensor/finite-float32.ts";
import { readNpy } from "../../tensor/npy.ts";
import { pictureFromNpy } from "../../tensor/npy-picture.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { SentModel } from "../open-weights.ts";
import type { Decoders, FoundFile, Library, Progress } from "./host.ts";

/** What a person gave, by the name that documents use. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface LoadedAssets {
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly models: ReadonlyMap<string, SentModel>;
}

export interface AssetLoader {
  /** @throws IssueError with all that is missing, broken or of another hash, at the places that name it. */
  readonly load: (
    needed: readonly NeededAsset[],
    files: Files,
    progress: (file: string) => Progress,
  ) => Promise<LoadedAssets>;
  /** One tensor. @throws IssueError at `path`. */
  readonly read: (file: string, files: Files, path: FilePath) => Promise<TensorData>;
}

type TensorKind = Exclude<NeededAsset["kind"], "model">;

interface Wanted {
  readonly kind: TensorKind;
  readonly file: string;
}

interface Decoded {
  readonly tensor: TensorData;
  readonly sha256: string;
}

/** Reads files as the command line does; what the library holds is decoded once. */
export function createAssetLoader(library: Library, decode: Decoders): AssetLoader {
  const shipped = new Map<string, Promise<Decoded>>();
  const tensorOf = (wanted: Wanted, files: Files, progress: Progress): Promise<Decoded> => {
    const own = files.get(wanted.file);
    if (own !== undefined) return decoded(wanted, given(own), decode);
    const key = `${wanted.kind} ${wanted.file}`;
    const known = shipped.get(key) ?? fromLibrary(wanted, { library, decode, progress });
    shipped.set(key, known);
    known.catch(() => shipped.delete(key));
    return known;
  };
  return {
    async load(needed, files, progress) {
      const tensors = new Map<string, TensorData>();
      const models = new Map<string, SentModel>();
      const issues: Issue[] = [];
      for (const asset of needed) {
        const { kind, file } = asset;
        try {
          if (kind === "model") {
            const model = await modelOf(file, files, library, progress(file));
            models.set(file, model);
            checkHash(asset, model.sha256);
          } else {
            const { tensor, sha256: hash } = await tensorOf({ kind, file }, files, progress(file));
            tensors.set(file, tensor);
            checkHash(asset, hash);
          }
        } catch (error) {
          if (!(error instanceof IssueError)) throw error;
          issues.push(...error.issues.map((issue) => locatedAsset(issue, asset)));
        }
      }
      if (issues.length > 0) throw new IssueError(issues);
      return { tensors, models };
    },
    async read(file, files, path) {
      try {
        return (await tensorOf({ kind: "tensor", file }, files, () => {})).tensor;
      } catch (error) {
        if (!(error instanceof IssueError)) throw error;
        throw new IssueError(
          error.issues.map((issue) => locatedAsset(issue, { kind: "tensor", file, path })),
        );
      }
    },
  };
}

const given = (bytes: Uint8Array): FoundFile => ({ bytes, sha256: bytesToHex(sha256(bytes)) });

async function fromLibrary(
  wanted: Wanted,
  {
    library,
    decode,
    progress,
  }: { readonly library: Library; readonly decode: Decoders; readonly progress: Progress },
): Promise<Decoded> {
  const found = await library.asset(wanted.file, progress);
  if (found === null) throw new IssueError([missingAsset(wanted)]);
  return decoded(wanted, found, decode);
}

const arrayOf = (kind: TensorKind, array: TensorData, file: string): TensorData =>
  kind === "image" ? pictureFromNpy(array, file) : finiteFloat32(array, file);

async function decoded(
  { kind, file }: Wanted,
  { bytes, sha256: hash }: FoundFile,
  { image, sound }: Decoders,
): Promise<Decoded> {
  const extension = /\.[^./\\]*$/u.exec(file)?.[0].toLowerCase();
  const at = { path: [file] };
  const tensor =
    extension === ".npy"
      ? arrayOf(kind, readNpy(bytes, at), file)
      : await (extension === ".wav" ? sound : image)(bytes, file);
  return { tensor, sha256: hash };
}

async function modelOf(
  file: string,
  files: Files,
  library: Library,
  progress: Progress,
): Promise<SentModel> {
  const own = files.get(file) ?? files.get(`${file}.onnx`);
  if (own !== undefined)
    return { name: file, ...given(own), card: cardOf(file.replace(/\.onnx$/u, ""), files) };
  const found = await library.model(file, progress);
  if (found === null) throw new IssueError([missingAsset({ kind: "model", file })]);
  return found;
}

/** The `.json` beside a model; undefined where there is none. */
function cardOf(stem: string, files: Files): unknown {
  const bytes = files.get(`${stem}.json`);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw issueError("model.card", `The model's card ${stem}.json is no JSON: ${reason}.`);
  }
}

function checkHash({ sha256: expected }: NeededAsset, got: string): void {
  if (expected === undefined || got === expected) return;
  throw new IssueError([changedAsset(expected, got)]);
}
