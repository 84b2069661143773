import { issueError } from "../base/issue.ts";
import type { NetworkModel } from "../graph/values.ts";
import { readModel, type OnnxModel } from "./model.ts";

/** Parsed files, so that weights which have to be copied into place are copied once, not once a shape. */
const opened = new WeakMap<NetworkModel, OnnxModel>();

/**
 * The parsed file of a network, with the weights that it keeps outside of itself.
 *
 * @throws IssueError `model.unreadable`; `model.external` where a file of weights was not loaded.
 */
export function openNetwork(model: NetworkModel): OnnxModel {
  const known = opened.get(model) ?? read(model);
  opened.set(model, known);
  return known;
}

function read({ bytes, external = {} }: NetworkModel): OnnxModel {
  const files = new Map(Object.entries(external));
  if (files.size === 0) return readModel(bytes);
  return readModel(bytes, {
    external: (location) => files.get(location) ?? missingFile(location),
  });
}

function missingFile(location: string): never {
  throw issueError(
    "model.external",
    `The model keeps weights in ${JSON.stringify(location)}, which was not loaded with it.`,
  );
}
