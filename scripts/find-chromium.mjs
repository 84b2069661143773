import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The Chromium (or Chrome) of this machine: CHROMIUM_PATH, else the usual places. As root on Debian or
 * Ubuntu it installs the package where there is none.
 *
 * @throws Error that names the missing package.
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is no program.`);
  }
  const found = search();
  if (found !== null) return found;
  const why = install();
  const installed = search();
  if (installed !== null) return installed;
  throw new Error(
    `The browser tests need Chromium, and there is none${why}. Install the package "chromium" ` +
      "(Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.",
  );
}

function search() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = [
    ...["/usr/bin", ...folders].flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ];
  return candidates.find(isExecutable) ?? null;
}

/** Debian's chromium, where this process may install it; returns what stood in the way. */
function install() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "";
  if (spawnSync("apt-get", ["--version"]).status !== 0)
    return " (and no apt-get to install it with)";
  process.stderr.write("Denoodle: installing Debian's chromium for the browser tests.\n");
  const options = {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-q"], options);
  const flags = ["install", "-y", "-q", "--no-install-recommends"];
  const { status } = spawnSync("apt-get", [...flags, "chromium"], options);
  return status === 0 ? "" : ` (apt-get install chromium ended with ${status})`;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
