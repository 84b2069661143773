import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { locatedAsset } from "../../runtime/compile/located-asset.ts";
import type { NeededAsset } from "../../runtime/compile/needed-assets.ts";
import { findAsset } from "./source.ts";

/** An issue for every file that is not there, or not where it may be; none is opened. */
export function missingAssets(assets: readonly NeededAsset[], folder: string): readonly Issue[] {
  return assets.flatMap((asset) => {
    try {
      findAsset(asset.kind, asset.file, folder);
      return [];
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      return error.issues.map((issue) => locatedAsset(issue, asset));
    }
  });
}
