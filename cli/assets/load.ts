import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { Assets } from "../../runtime/compile/assets.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { sha256File } from "../files/bytes.ts";
import { FileIssues } from "../run/graph-file.ts";
import { locatedAsset } from "../../runtime/compile/located-asset.ts";
import type { NeededAsset } from "../../runtime/compile/needed-assets.ts";
import { findAsset, loadModel, loadTensor, type LocatedModel } from "./source.ts";

/** What one file, or the command line, needs. */
export interface Needs {
  /** As messages name it. */
  readonly shown: string;
  readonly folder: string;
  readonly assets: readonly NeededAsset[];
}

/** The contents of the files, and the SHA-256 of each by the name that the graph uses. */
export interface LoadedAssets extends Assets {
  readonly models: ReadonlyMap<string, LocatedModel>;
  readonly hashes: Readonly<Record<string, string>>;
  /** What a person should know of them. */
  readonly warnings: readonly Issue[];
}

/**
 * Loads every file that is needed, each once.
 *
 * @param modelOf reads a model's files of weights, or only says where they are (`locateModel`).
 * @throws FileIssues with all that is missing, broken, outside the folder, or of another hash.
 */
export async function loadAssets(
  needs: readonly Needs[],
  modelOf: Shelf["modelOf"] = loadModel,
): Promise<LoadedAssets> {
  const tensors = new Map<string, TensorData>();
  const models = new Map<string, LocatedModel>();
  const paths = new Map<string, string>();
  const hashes = new Map<string, string>();
  const warnings: Issue[] = [];
  const shelf = { tensors, models, paths, hashes, warnings, modelOf };
  for (const { shown, folder, assets } of needs) {
    const issues: Issue[] = [];
    for (const asset of assets) issues.push(...(await tryOne(asset, folder, shelf)));
    if (issues.length > 0) throw new FileIssues(shown, issues);
  }
  return { tensors, models, hashes: Object.fromEntries(hashes), warnings };
}

/** Loads one file; what is wrong with it is returned. */
async function tryOne(asset: NeededAsset, folder: string, shelf: Shelf): Promise<readonly Issue[]> {
  try {
    const path = findAsset(asset.kind, asset.file, folder);
    refuseTwoMeanings(asset, shelf.paths, path);
    await loadOne(asset, path, shelf);
    return [];
  } catch (error) {
    if (!(error instanceof IssueError)) throw error;
    return error.issues.map((issue) => locatedAsset(issue, asset));
  }
}

interface Shelf {
  readonly tensors: Map<string, TensorData>;
  readonly models: Map<string, LocatedModel>;
  readonly paths: Map<string, string>;
  readonly hashes: Map<string, string>;
  readonly warnings: Issue[];
  readonly modelOf: (name: string, path: string) => Promise<LocatedModel>;
}

async function loadOne(
  { kind, file, sha256 }: NeededAsset,
  path: string,
  { tensors, models, hashes, warnings, modelOf }: Shelf,
): Promise<void> {
  if (kind === "model") {
    const model = models.get(file) ?? (await modelOf(file, path));
    models.set(file, model);
    hashes.set(file, model.sha256);
  } else {
    tensors.set(
      file,
      tensors.get(file) ?? (await loadTensor(kind, path, (issue) => warnings.push(issue))),
    );
    hashes.set(file, hashes.get(file) ?? (await sha256File(path)));
  }
  const got = hashes.get(file);
  if (sha256 !== undefined && got !== sha256)
    throw new IssueError([
      {
        code: "asset.changed",
        message: "The file is not the one that the graph was made with: its SHA-256 differs.",
        at: {},
        expected: sha256,
        ...(got === undefined ? {} : { got }),
        fix: "Bring the file back, or remove the graph's sha256.",
      },
    ]);
}

/** A name means one file in a run, whichever document uses it. */
function refuseTwoMeanings({ file }: NeededAsset, paths: Map<string, string>, path: string): void {
  const before = paths.get(file);
  paths.set(file, path);
  if (before === undefined || before === path) return;
  throw new IssueError([
    {
      code: "asset.two-meanings",
      message: `The graph and its task both name ${JSON.stringify(file)} but mean different files: ${before} and ${path}.`,
      at: {},
      fix: "Rename one of them.",
    },
  ]);
}
