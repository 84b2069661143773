import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import { mapHost } from "../../runtime/trace/host.ts";
import { ve } from "./levels.ts";

export const first = defineNode({
  type: "schedule/first",
  v: 1,
  title: "First level",
  summary: "The level at which a schedule begins.",
  formula: "(\\alpha_0, \\sigma_0)",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { schedule: port.schedule() },
  outputs: { level: port.level() },
  build: ({ inputs: { schedule } }) => ({
    level: mapHost([schedule], ({ levels }) => levels[0] ?? ve(0)),
  }),
});
