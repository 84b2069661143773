import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/truth/main.ts");
