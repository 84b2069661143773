import type { Issue } from "../base/issue.ts";
import type { NeededAsset } from "./needed-assets.ts";

/** The issue at the place where the graph names the file, rather than in the file. */
export function locatedAsset(issue: Issue, { file, path }: NeededAsset): Issue {
  const about = issue.message.includes(file) ? "" : `${JSON.stringify(file)}: `;
  return { ...issue, message: `${about}${issue.message}`, at: { path } };
}
