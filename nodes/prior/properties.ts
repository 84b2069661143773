import { z } from "zod";
import { defineNode } from "../../runtime/graph/define-node.ts";
import { port } from "../../runtime/graph/ports.ts";
import type { Scalar } from "../../runtime/graph/values.ts";
import { constantHost } from "../../runtime/trace/host.ts";

export const priorProperties = defineNode({
  type: "prior/properties",
  v: 1,
  title: "Prior properties",
  summary:
    "Which signals a prior takes: how many axes they have (channels included), how many channels, the size along each spatial axis, and what every such size is a multiple of. What is free is 0, and 1 for the multiple.",
  formula: "[C, H, W]",
  source: "Denoodle",
  params: z.strictObject({}),
  scalars: z.strictObject({}),
  inputs: { prior: port.prior() },
  outputs: {
    axes: port.scalar(),
    channels: port.scalar(),
    spatial: port.list(),
    multipleOf: port.scalar(),
  },
  build({ inputs: { prior } }) {
    const { axes = 0, channels = 0, spatial = [], multipleOf = 1 } = prior.takes;
    return {
      axes: known(axes),
      channels: known(channels),
      spatial: constantHost(spatial.map((size) => size ?? 0)),
      multipleOf: known(multipleOf),
    };
  },
});

const known = (value: number): Scalar => ({ on: "host", host: constantHost(value) });
