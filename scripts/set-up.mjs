import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "../bin/node-version.mjs";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Makes the checkout ready to run: checks Node, and installs the packages of package-lock.json where
 * node_modules differs from it. Ends the process with a sentence where it cannot.
 */
export function setUp() {
  requireNode();
  const difference = whatIsMissing();
  if (difference === null) return;
  process.stderr.write(
    `Denoodle: ${difference}; running npm ci once. It fetches about 300 MB and unpacks to about 760 MB, ` +
      "of which onnxruntime-node 290 MB and onnxruntime-web 140 MB.\n",
  );
  const result = npm(["ci", "--no-audit", "--no-fund"]);
  if (result.status !== 0) {
    const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
    process.stderr.write(
      `Denoodle: npm ci did not finish (${reason}). See its lines above; it needs a package registry.\n`,
    );
    process.exit(1);
  }
  const still = whatIsMissing();
  if (still === null) return;
  process.stderr.write(
    `Denoodle: npm ci ended well, yet ${still}. Delete node_modules and try again.\n`,
  );
  process.exit(1);
}

/** Why node_modules does not hold what the lock file names, or null when it does. */
function whatIsMissing() {
  const locked = packagesIn("package-lock.json");
  if (locked === null) return "package-lock.json is missing";
  return whyInstall(locked, packagesIn(join("node_modules", ".package-lock.json")));
}

/** Why the packages that a lock file names are not those that npm says it installed, or null when they are. */
export function whyInstall(locked, installed) {
  if (installed === null) return "no packages are installed";
  for (const [path, { version, optional, link }] of Object.entries(locked)) {
    const found = installed[path];
    // "" is the project itself; an optional package that is not there is for other machines.
    if (path === "" || link || (found === undefined && optional)) continue;
    if (found?.version !== version)
      return `${path} is ${found?.version ?? "missing"}, package-lock.json wants ${version}`;
  }
  return null;
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages ?? null;
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** Runs npm on the project: the npm that started us, else the one on the path. */
export function npm(args) {
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  const own = process.env.npm_execpath;
  return own?.endsWith("npm-cli.js")
    ? spawnSync(process.execPath, [own, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}
