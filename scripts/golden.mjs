import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/golden/main.ts");
