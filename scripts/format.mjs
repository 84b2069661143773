import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root, setUp } from "./set-up.mjs";

setUp();
const files = process.argv.length > 2 ? process.argv.slice(2) : ["."];
const oxfmt = join(root, "node_modules/oxfmt/bin/oxfmt");
const result = spawnSync(process.execPath, [oxfmt, ...files], { cwd: root, stdio: "inherit" });
process.exitCode = result.status ?? 1;
