import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { graphsFolder, readShipped } from "../../test/graphs/shipped.ts";
import { analyse } from "../document/analysis.ts";
import { firstState } from "./no-run.ts";
import { picturesOf } from "./outputs.ts";

test("the result comes first, then what comes to be in a zone, then what is made beside it", () => {
  const { document, types } = analyse(
    readShipped(`${graphsFolder}/samplers/dps-mo.json`),
    registry,
  );
  expect(picturesOf(document, types, firstState)).toEqual(["=x0", "=x"]);
  const leads = { "=x": "anneal/renoise.x" };
  const outputs = { ...document.outputs, first: "start.x" };
  expect(picturesOf({ ...document, outputs }, types, { ...firstState, leads })).toEqual([
    "=x0",
    "=x",
    "=first",
  ]);
});
