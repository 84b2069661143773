import { z } from "zod";
import { createStored, type Storage } from "../commands/stored.ts";
import type { RunStore } from "./run-store.ts";

const choice = z.object({
  where: z.enum(["browser", "server"]),
  backend: z.enum(["auto", "cpu", "webgpu", "cuda", "wasm"]),
});

/**
 * Where runs compute, and on what, is chosen once a tab: a page that is loaded again goes on with it, where the place
 * is still there. Another tab begins with what every machine can do.
 *
 * @param memory lives as long as the tab.
 */
export function keepChoice(run: RunStore, memory: Storage | null): void {
  const { where, backend, places } = run.getState();
  const stored = createStored(memory, "denoodle.run-on", {
    schema: choice,
    first: { where, backend },
  });
  const { value } = stored.getState();
  if (places.includes(value.where)) {
    if (value.where !== where) run.actions.setWhere(value.where);
    if (value.backend !== backend) run.actions.setBackend(value.backend);
  }
  run.subscribe((now, before) => {
    if (now.where !== before.where || now.backend !== before.backend)
      stored.setState({ value: { where: now.where, backend: now.backend } });
  });
}
