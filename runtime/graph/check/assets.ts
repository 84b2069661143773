import { IssueError } from "../../base/issue.ts";
import type { AnyNode } from "../define-node.ts";
import { formatGot } from "../format-got.ts";
import { readParams } from "../params.ts";
import type { Finding } from "./check.ts";
import type { TellParam } from "./params.ts";

/** [A1] Files that a node names stay inside the asset folder. */
export function checkAssets(
  definition: AnyNode,
  given: Readonly<Record<string, unknown>>,
  tell: TellParam,
): void {
  const { params } = readParams(definition, given);
  for (const { file, path } of params === null ? [] : assetsOf(definition, params)) {
    const finding = whyOutside(file);
    if (finding !== null) tell(path, finding);
  }
}

function assetsOf(
  definition: AnyNode,
  params: Readonly<Record<string, unknown>>,
): readonly { readonly file: string; readonly path: readonly (string | number)[] }[] {
  try {
    return definition.assets?.(params) ?? [];
  } catch (error) {
    if (error instanceof IssueError) return [];
    throw error;
  }
}

/** Why a file name may not be opened; null when it is relative and stays below the asset folder. */
export function whyOutside(file: string): Finding | null {
  const isRooted = /^(?:[\\/~]|[A-Za-z][A-Za-z0-9+.-]*:)/.test(file);
  const climbs = file.split(/[\\/]/).includes("..");
  if (file !== "" && !isRooted && !climbs && !file.includes("\0")) return null;
  return {
    code: "asset.outside",
    message: `Expected a path inside the asset folder, got ${formatGot(file)}.`,
    expected: "a relative path without ..",
    got: formatGot(file),
    fix: "Put the file into the asset folder and name it from there.",
  };
}
