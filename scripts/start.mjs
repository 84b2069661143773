import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("bin/denoodle.mjs", ["edit", ...process.argv.slice(2)]);
