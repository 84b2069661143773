import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./set-up.mjs";

/** What the built editor is made of. */
const sources = ["editor", "runtime", "nodes", "graphs", "models", "package-lock.json"];
const ignored = /(?:^|\/)(?:dist|node_modules|train|adm)(?:\/|$)|\.test\.tsx?$|(?:^|\/)\.[^/]*$/;
const dist = join(root, "editor", "dist");
// Written last and emptied with the folder, so that a build that broke off is no build.
const stampFile = join(dist, ".stamp");

/** Builds the editor into editor/dist, unless what is there was made of the same sources. */
export async function buildEditor() {
  const stamp = stampOf(root);
  if (readStamp() === stamp) return;
  process.stderr.write("Denoodle: building the editor, as its sources have changed.\n");
  const { build } = await import("vite");
  await build({ configFile: join(root, "editor", "vite.config.ts"), logLevel: "error" });
  writeFileSync(stampFile, `${stamp}\n`);
}

/** A hash of the names and contents of all sources. */
export function stampOf(folder, names = sources) {
  const hash = createHash("sha256");
  for (const name of names)
    for (const file of filesIn(folder, name)) {
      const content = createHash("sha256").update(readFileSync(file)).digest("hex");
      hash.update(`${content} ${relative(folder, file).split(sep).join("/")}\n`);
    }
  return hash.digest("hex");
}

/** Every file at or below a name in the folder that is part of the build, sorted. */
function filesIn(folder, name) {
  const path = join(folder, name);
  if (ignored.test(name) || !existsSync(path)) return [];
  const entries = directory(path);
  if (entries === null) return [path];
  return entries.sort().flatMap((entry) => filesIn(folder, `${name}/${entry}`));
}

function directory(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === "ENOTDIR") return null;
    throw error;
  }
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  try {
    await buildEditor();
  } catch (error) {
    process.stderr.write(`Denoodle: the editor could not be built.\n${error.message}\n`);
    process.exitCode = 1;
  }
