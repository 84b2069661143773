import { expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { openSampler } from "../../test/support/samplers.ts";
import { analyse, followed } from "./analysis.ts";
import { connect } from "./edits/connect.ts";
import { move } from "./edits/move.ts";
import { edit, startHistory, type Recipe } from "./history.ts";

const label = { key: "edits.move" };
const before = openSampler("dps");
const edited = (recipe: Recipe) => edit(startHistory(before), { label }, recipe).present;

test("an edit of the layout alone finds nothing anew, and says so of the new document", () => {
  const known = analyse(before, registry);
  const document = edited((draft) => move(draft, new Map([["graph/start", [8, 8]]])));
  const next = followed(known, document, registry);
  expect(next.document).toBe(document);
  expect(next.issues).toBe(known.issues);
});

test("an edit of the graph is checked", () => {
  const document = edited((draft) => connect(draft, "outputs/x0", "nowhere.x"));
  expect(followed(analyse(before, registry), document, registry).issues).toEqual(
    analyse(document, registry).issues,
  );
  expect(analyse(document, registry).issues).not.toEqual([]);
});
