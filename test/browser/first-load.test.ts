import { expect, inject, test } from "vitest";
import { dropFile, patient } from "../support/editor-hand.ts";
import { firstBytes, mostFirstBytes } from "../support/first-bytes.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();

const oneOperator = {
  denoodle: 1,
  name: "One operator",
  inputs: {},
  graph: { average: { type: "operator/average", v: 1, params: { factor: 2 } } },
  outputs: { operator: "average.operator" },
  blocks: {},
};

test("the page asks for little before it is seen", () => {
  expect(firstBytes(inject("editor"))).toBeLessThan(mostFirstBytes);
});

test("an operator is tried in the page only once its docs are read, with what that takes loaded then", async () => {
  const { page, hand } = await site.open();
  await hand.done();
  const scripts = (): Promise<readonly string[]> =>
    page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
  const isWhole = (name: string) => name.includes("operator-provides");
  expect((await scripts()).filter(isWhole)).toEqual([]);
  await dropFile(page, "average.json", JSON.stringify(oneOperator));
  await hand.node("graph/average").locator(".canvas-head").click();
  await page.getByRole("tab", { name: "Docs" }).click();
  await page.locator('.inspector-columns li[data-has="true"]').first().waitFor(patient);
  expect((await scripts()).filter(isWhole)).not.toEqual([]);
});
