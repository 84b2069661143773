import type { OnnxModel } from "./model.ts";
import { leavesFolder } from "./proto/external.ts";

/**
 * The files beside a model in which it keeps weights, each once. A location that leaves the model's
 * folder is not listed; importing the model refuses it.
 */
export function externalLocations({ proto }: OnnxModel): readonly string[] {
  const locations = (proto.graph?.initializer ?? []).flatMap(({ externalData }) =>
    externalData.flatMap(({ key, value }) => (key === "location" ? [value] : [])),
  );
  return [...new Set(locations)].filter((location) => !leavesFolder(location));
}
