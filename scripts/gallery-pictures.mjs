import { runTypeScript } from "./run-typescript.mjs";

runTypeScript("test/tools/gallery-pictures.ts");
