import { registry } from "../../../nodes/index.ts";
import { readBytes } from "../../../cli/files/bytes.ts";
import type { EngineProcess } from "../../../cli/engine/engine-process.ts";
import { IssueError } from "../../../runtime/base/issue.ts";
import { startNodePoolWorker } from "../../../runtime/execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import { createEngine } from "../../../runtime/protocol/engine.ts";
import { isCheckEvent, type EngineMessage } from "../../../runtime/protocol/events.ts";

/** The engine in this process, behind the face of the one in a child. */
export function engineHere(): EngineProcess {
  let listener: (message: EngineMessage) => void = () => {};
  const engine = createEngine({
    registry,
    post: (message) => listener(message),
    createBackend: (wanted) => createNodeBackend(wanted, { threads: 1 }),
    startPoolWorker: startNodePoolWorker,
    readFile: readBytes,
    clock: () => performance.now(),
  });
  let runs = 0;
  return {
    pid: undefined,
    kill: () => {},
    async *run(request) {
      runs += 1;
      const waiting: EngineMessage[] = [];
      let wake = (): void => {};
      listener = (message) => {
        waiting.push(message);
        wake();
      };
      engine.receive(structuredClone({ type: "run", run: runs, ...request }));
      for (;;) {
        const next = waiting.shift();
        if (next === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        if (next.event.type === "failed") throw new IssueError(next.event.issues);
        if (!isCheckEvent(next.event)) yield next.event;
        if (next.event.type === "done") return;
      }
    },
  };
}
