import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { patient, type EditorTab, type Hand } from "../support/editor-hand.ts";
import { hostileFiles } from "../support/hostile-graphs.ts";
import { fileOpener, type OpenFile } from "../support/open-files.ts";
import { editorSite } from "../support/editor-site.ts";

/** `DENOODLE_FUZZ_FILES=5000 npm test -- test/browser/fuzz` tries more, in hundreds. */
const count = Number(process.env["DENOODLE_FUZZ_FILES"] ?? 200);
const seed = 20261122;
const together = 100;

const site = editorSite();
let tab: EditorTab;
let page: Page;
let hand: Hand;
/** Requests, and dialogs of the browser, since the page stood. */
let deeds: string[];
let openFile: OpenFile;

beforeEach(async () => {
  tab = await site.open();
  ({ page, hand } = tab);
  await hand.done();
  deeds = [];
  page.on("request", (request) => deeds.push(request.url()));
  page.on("dialog", (dialog) => {
    deeds.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  openFile = await fileOpener(page);
});

/** The page does what it is told: a node comes, and goes. */
async function isUsable(): Promise<void> {
  const nodes = page.locator(".react-flow__node");
  expect(await openFile("plain.json", plain)).toBe("opened");
  await expect.poll(() => nodes.count(), patient).toBe(1);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("scale");
  await page.keyboard.press("Enter");
  await hand.node("graph/scale").waitFor(patient);
  await page.keyboard.press("Control+z");
  await hand.node("graph/scale").waitFor({ state: "detached", ...patient });
}

const plain = JSON.stringify({
  denoodle: 1,
  name: "Plain",
  inputs: {},
  graph: { one: { type: "math/constant", v: 1 } },
  outputs: {},
  blocks: {},
});

/** Own files may be fetched once they are needed: the page's scripts, styles and fonts, and nothing else. */
const foreign = () => deeds.filter((deed) => !deed.startsWith(`${site.url}assets/`));

describe(`${count} files of seed ${seed}`, () => {
  const files = hostileFiles(count, seed);
  const batches = Array.from({ length: count / together }, (_, i) => i * together);

  test.each(batches)(
    "from %i on: none throws, asks anybody or is executed",
    async (first) => {
      const outcomes = new Map<string, number>();
      await page.keyboard.press("Control+Shift+o");
      await page.getByRole("tree").waitFor(patient);
      await page.getByRole("tab", { name: "Problems" }).click();
      for (const [i, text] of files.slice(first, first + together).entries()) {
        const name = `fuzz-${first + i}.json`;
        const outcome = await openFile(name, text);
        expect(["opened", "refused"], `${name}: ${text.slice(0, 2000)}`).toContain(outcome);
        expect([...tab.troubles, ...foreign()], `${name}: ${text.slice(0, 2000)}`).toEqual([]);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      await isUsable();
      expect(tab.troubles).toEqual([]);
      expect(foreign()).toEqual([]);
      // Neither reading nor refusing is what all of them meet.
      expect(Math.min(outcomes.get("opened") ?? 0, outcomes.get("refused") ?? 0)).toBeGreaterThan(
        10,
      );
    },
    400_000,
  );
});
