import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("cli/demo/main.ts");
