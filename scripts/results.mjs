import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/results/main.ts");
