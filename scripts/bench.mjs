import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/bench/main.ts");
