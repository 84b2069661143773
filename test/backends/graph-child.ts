import type { BackendId, ChosenBackend } from "../../runtime/execute/backend.ts";
import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import { hostReport, issuesIn } from "./host-report.ts";
import { answerCase, type GraphCase } from "./run-case.ts";

// Started by its tests with a backend: says what it got, then answers one case a message.
const reply = (message: object): void => void process.send?.(message);

function serve(chosen: ChosenBackend): void {
  reply(hostReport(chosen));
  process.on("message", (graphCase: GraphCase) => {
    void answerCase(chosen.backend, graphCase).then(reply);
  });
}

const wanted = (process.argv[2] ?? "auto") as "auto" | BackendId;
await createNodeBackend(wanted, { threads: 1 }).then(serve, (error: unknown) => {
  reply({ notices: [], issues: issuesIn(error) });
});
process.on("disconnect", () => process.exit(0));
