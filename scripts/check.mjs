import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root, setUp } from "./set-up.mjs";

const folders = ["runtime", "nodes", "cli", "editor", "test"].filter((name) =>
  existsSync(join(root, name)),
);

/** What is checked without running the project, cheapest first; each is one command of node_modules. */
const checks = {
  lint: ["oxlint/bin/oxlint", "--type-aware", "--deny-warnings"],
  format: ["oxfmt/bin/oxfmt", "--check", "."],
  types: ["typescript/bin/tsc", "-p", "tsconfig.json"],
  "web-types": ["typescript/bin/tsc", "-p", "tsconfig.web.json"],
  floors: [
    "dependency-cruiser/bin/dependency-cruise.mjs",
    "--config=.dependency-cruiser.cjs",
    "--output-type=err",
    ...folders,
  ],
  unused: ["knip/bin/knip.js"],
};

setUp();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(
    `check: no such check: ${unknown.join(", ")}; there are ${Object.keys(checks).join(", ")}.`,
  );
  process.exit(2);
}
const names = wanted.length > 0 ? wanted : Object.keys(checks);
const failed = names.filter((name) => !passes(name));
console.log(`${names.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs one check; prints what it said only where it failed. */
function passes(name) {
  const [file, ...args] = checks[name];
  const result = spawnSync(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const ok = result.status === 0;
  console.log(`${ok ? "ok" : "FAILED"}: ${name}`);
  if (!ok) console.log(`${result.stdout}${result.stderr}${result.error?.message ?? ""}`);
  return ok;
}
