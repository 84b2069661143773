import { issueError } from "../base/issue.ts";
import type { ModelAsset } from "../graph/define-node.ts";

/** The bytes of the file at a full path. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** A model as it is sent: weights of gigabytes do not go through a channel, so their files are named. */
export interface SentModel extends ModelAsset {
  readonly weightFiles?: Readonly<Record<string, string>>;
}

/** What was read for models that may still be in use, so that a second run does not hold it twice. */
const known = new Map<string, WeakRef<Uint8Array>>();

/**
 * The models with the files of weights that they name.
 *
 * @throws IssueError `model.external` where the engine reads no files; and what `read` throws.
 */
export async function openWeights(
  models: ReadonlyMap<string, SentModel>,
  read: ReadFile | undefined,
): Promise<ReadonlyMap<string, ModelAsset>> {
  const opened = new Map<string, ModelAsset>();
  for (const [name, { weightFiles, ...model }] of models) {
    const external: Record<string, Uint8Array> = { ...model.external };
    for (const [location, path] of Object.entries(weightFiles ?? {}))
      external[location] = await readOnce(`${model.sha256} ${location}`, path, read);
    opened.set(name, weightFiles === undefined ? model : { ...model, external });
  }
  return opened;
}

async function readOnce(
  key: string,
  path: string,
  read: ReadFile | undefined,
): Promise<Uint8Array> {
  const before = known.get(key)?.deref();
  if (before !== undefined) return before;
  if (read === undefined)
    throw issueError(
      "model.external",
      `The weights in ${JSON.stringify(path)} cannot be opened: files are not read here.`,
    );
  const bytes = await read(path);
  known.set(key, new WeakRef(bytes));
  return bytes;
}
