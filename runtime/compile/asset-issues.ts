import type { Issue } from "../base/issue.ts";
import type { NeededAsset } from "./needed-assets.ts";

/** There is no such file. */
export const missingAsset = ({ kind, file }: Pick<NeededAsset, "kind" | "file">): Issue => ({
  code: "asset.missing",
  message: `There is no ${kind === "model" ? "model" : "file"} ${JSON.stringify(file)} in Denoodle's library or among the files given.`,
  at: {},
  fix: "Drop the file on the page.",
});

/** There is another file of that name. */
export const changedAsset = (expected: string, got: string): Issue => ({
  code: "asset.changed",
  message: "The file is not the one that the graph was made with: its SHA-256 differs.",
  at: {},
  expected,
  got,
  fix: "Bring the file back, or remove the graph's sha256.",
});
