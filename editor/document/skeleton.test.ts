import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { produce } from "immer";
import { validate } from "../../runtime/graph/validate.ts";
import { addNode } from "./edits/add-node.ts";
import { connect } from "./edits/connect.ts";
import { plainSchedule, skeleton } from "./skeleton.ts";

const document = skeleton({
  name: "Mine",
  task: "box-inpainting-64",
  prior: { type: "prior/onnx", v: 1, params: { model: "photo64" } },
  schedule: plainSchedule,
});

test("a new sampler lacks nothing but the nodes of its zone", () => {
  expect(validate(document, registry).map(({ code }) => code)).toEqual(["zone.empty"]);
});

test("two nodes in its zone make it run", () => {
  const body = "graph/anneal/body";
  const done = produce(document, (draft) => {
    const wires = { prior: "@prior", x: "@x", level: "@level" };
    addNode(draft, registry, { body, node: { kind: "node", type: "prior/denoise" }, in: wires });
    addNode(draft, registry, {
      body,
      node: { kind: "node", type: "sampler/euler" },
      in: { x: "@x", x0: "denoise.x0", level: "@level", next: "@next" },
    });
    connect(draft, "graph/anneal/states/x/next", "euler.x");
  });
  expect(validate(done, registry)).toEqual([]);
});
