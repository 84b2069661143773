import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/vjp/vjp-check.ts");
