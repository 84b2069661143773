// Started by engine-process.ts as a child: reads TypeScript, then becomes the engine.
import { register } from "tsx/esm/api";

// The tsconfig.json of the folder a person stands in must not change how Denoodle is read.
register({ tsconfig: false });
await import("./engine-child.ts");
