// Written for old Node versions too: no syntax or built-in younger than Node 14.

/** The oldest Node that works; package.json "engines" says the same. */
const oldest = [20, 19];

/** Says in a sentence why this Node will not do, and ends the process with 1; returns when it will. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  process.stderr.write(
    `Denoodle needs Node ${oldest.join(".")} or newer; this is Node ${process.versions.node}. ` +
      "Get a newer one from https://nodejs.org.\n",
  );
  process.exit(1);
}
