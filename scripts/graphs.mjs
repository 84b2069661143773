import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/tools/refresh-graphs.ts");
