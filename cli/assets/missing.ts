import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import { located } from "./located.ts";
import type { NeededAsset } from "./needed.ts";
import { findAsset } from "./source.ts";

/** An issue for every file that is not there, or not where it may be; none is opened. */
export function missingAssets(assets: readonly NeededAsset[], folder: string): readonly Issue[] {
  return assets.flatMap((asset) => {
    try {
      findAsset(asset.kind, asset.file, folder);
      return [];
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      return error.issues.map((issue) => located(issue, asset));
    }
  });
}
