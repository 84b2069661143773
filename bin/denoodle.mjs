#!/usr/bin/env node
import { requireNode } from "./node-version.mjs";

requireNode();
const { register } = await import("tsx/esm/api");
// The tsconfig.json of the folder a person stands in must not change how Denoodle is read.
register({ tsconfig: false });
const { main } = await import("../cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
