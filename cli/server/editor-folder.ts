import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { issueError } from "../../runtime/base/issue.ts";
import { packageFolder } from "../library.ts";

/**
 * The folder of the built editor. In a checkout it is built first where its sources are newer; an
 * installed package brings it built.
 *
 * @throws IssueError `editor.not-built`
 */
export function editorFolder(): string {
  const script = join(packageFolder, "scripts", "build-editor.mjs");
  if (existsSync(script)) {
    const { status } = spawnSync(process.execPath, [script], { stdio: ["ignore", 2, 2] });
    if (status !== 0)
      throw issueError("editor.not-built", "The editor could not be built; see the lines above.");
  }
  const folder = join(packageFolder, "editor", "dist");
  if (existsSync(join(folder, "index.html"))) return folder;
  throw issueError(
    "editor.not-built",
    "The editor has not been built.",
    {},
    { fix: "Install a package that brings it, or run npm start in a checkout." },
  );
}
