import { wrap, type Remote } from "comlink";
import type { Tasks } from "./tasks.ts";

let started: Remote<Tasks> | null = null;

/** The worker of all viewers, started when the first of them needs it. */
export function worker(): Remote<Tasks> {
  started ??= wrap<Tasks>(
    new Worker(new URL("./viewers-worker.ts", import.meta.url), {
      type: "module",
      name: "viewers",
    }),
  );
  return started;
}
