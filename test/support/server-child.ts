import { createStudio } from "../../runtime/protocol/studio/studio.ts";
import { serve } from "../../cli/server/serve.ts";
import { nodeStudioHost } from "../../cli/server/studio-host.ts";
import { createTurns } from "../../cli/server/turns.ts";

// A server in a process of its own, which a test may kill: serves a folder at a port under a token, and prints its link.
const [, , folder = "", port = "0", token = ""] = process.argv;
const server = await serve({
  host: "127.0.0.1",
  exposed: false,
  port: Number(port),
  exactPort: true,
  token,
  folder,
  createStudio,
  studioHost: nodeStudioHost({ turns: createTurns(), folder }),
  log: (line) => console.error(line),
});
console.log(server.link);
