import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "denoodle-package-"));
const app = join(folder, "app");
const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

/** Packs the project, and installs the tarball with its dependencies in an empty folder, as a stranger would. */
beforeAll(() => {
  run("npm", ["pack", "--pack-destination", folder], root);
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), "{}");
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  run("npm", ["install", ...flags, join(folder, tarball ?? "")], app);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the package holds what runs, and no tests", () => {
  const files = readdirSync(join(app, "node_modules/denoodle"), {
    recursive: true,
    encoding: "utf8",
  });
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "bin/denoodle.mjs", "cli/main.ts"]));
  expect(files).toContain("runtime/execute/ort-probe-node.mjs");
  expect(files.filter((name) => /\.test\.tsx?$|^(test|scripts)\//.test(name))).toEqual([]);
});

test("denoodle starts from the installed package", () => {
  const { status, stdout, stderr } = denoodle(["--help"]);
  expect(stderr).toBe("");
  expect(stdout).toContain("denoodle");
  expect(status).toBe(0);
  expect(denoodle(["--version"]).stdout).toContain(manifest.version);
});

test("a tsconfig.json in the reader's folder changes nothing", () => {
  writeFileSync(join(app, "tsconfig.json"), "{ this is no JSON");
  expect(denoodle(["--help"]).status).toBe(0);
});

test("an older Node is refused in a sentence", () => {
  const script =
    'Object.defineProperty(process.versions, "node", { value: "18.19.0" }); import("./node_modules/denoodle/bin/denoodle.mjs")';
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], {
    cwd: app,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Denoodle needs Node 20\.19 or newer; this is Node 18\.19\.0\..*\n$/);
});

function denoodle(args: readonly string[]) {
  return spawnSync(join(app, "node_modules/.bin/denoodle"), args, { cwd: app, encoding: "utf8" });
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error(
      `${program} ${args.join(" ")} ended with ${status ?? error}:\n${stdout}${stderr}`,
    );
}
