import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pngWithGraph } from "../../editor/storage/png-graph.ts";
import { shareLink } from "../../editor/storage/share-link.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import { patient, type Hand } from "../support/editor-hand.ts";
import { hostileWords } from "../support/hostile-graphs.ts";
import { comeToLife, fileOpener, type OpenFile } from "../support/open-files.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;
let openFile: OpenFile;
let deeds: string[];

async function begin(hash = ""): Promise<void> {
  ({ page, hand } = await site.open(hash));
  deeds = [];
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(site.url))
      deeds.push(request.url());
  });
  page.on("dialog", (dialog) => {
    deeds.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  openFile = await fileOpener(page);
}

beforeEach(() => begin());
afterEach(() => expect(deeds).toEqual([]));

/** A node of the graph can be added, and taken back. */
async function isUsable(): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("scale");
  await page.keyboard.press("Enter");
  await hand.node("graph/scale").waitFor(patient);
  await page.keyboard.press("Control+z");
  await hand.node("graph/scale").waitFor({ state: "detached", ...patient });
}

/** A valid document whose every word is hostile. */
function hostileDocument(): Document {
  const all = hostileWords.join("\n\n");
  const at = (i: number) => [(i % 5) * 280, Math.floor(i / 5) * 200];
  const numbered = <T>(make: (word: string, i: number) => T) =>
    Object.fromEntries(hostileWords.map((word, i) => [`n${i}`, make(word, i)]));
  const { document, issues } = readDocument({
    denoodle: 1,
    name: hostileWords.slice(0, 5).join(" "),
    about: { summary: all, paper: hostileWords[1], equations: all, departures: hostileWords },
    inputs: { amount: { kind: "scalar", default: 1, description: all } },
    graph: numbered((word) => ({ type: word, v: 1, params: { [`${word} `]: word } })),
    outputs: { y: "n0.x" },
    blocks: {},
    ui: {
      nodes: numbered((_, i) => [at(i)[0], (at(i)[1] ?? 0) + 900]),
      notes: numbered((word, i) => ({ at: at(i), size: [260, 180], text: word })),
      frames: numbered((word, i) => ({ at: at(i), size: [270, 190], title: word, colour: word })),
      probes: hostileWords,
    },
  });
  expect(issues).toEqual([]);
  if (document === null) throw new Error("it could not be read");
  return document;
}

const nothing = () => expect.poll(() => comeToLife(page), patient).toBeNull();

describe("a document whose every word is hostile", () => {
  test("is words in every panel and dialog, and every link leads out or nowhere", async () => {
    await hand.done();
    expect(await openFile("hostile.json", JSON.stringify(hostileDocument()))).toBe("opened");
    await page.locator(".react-flow .katex").first().waitFor(patient);
    await nothing();
    await page.keyboard.press("Control+Shift+o");
    await page.getByRole("tree").waitFor(patient);
    await page.keyboard.press("Control+a");
    await page.locator(".react-flow__node.selected").first().waitFor(patient);
    await nothing();
    for (const panel of ["Probes", "Problems", "Docs", "Inspector"]) {
      await page.getByRole("tab", { name: panel }).click();
      await nothing();
    }
    for (const keys of ["Control+g", "Control+k", "Control+Alt+z"]) {
      await page.keyboard.press(keys);
      await page.getByRole("dialog").waitFor(patient);
      await nothing();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached", ...patient });
    }
    await hand.fileMenu(/^Share/);
    await page.locator('[data-dialog="share"]').waitFor(patient);
    await nothing();
    await page.keyboard.press("Escape");
    const links = await page
      .locator(".app a[href]")
      .evaluateAll((all) =>
        (all as unknown as readonly Record<"href" | "target" | "rel", string>[]).map(
          ({ href, target, rel }) => ({ href, target, rel }),
        ),
      );
    for (const { href, target, rel } of links) {
      expect(href).toMatch(/^(?:https?|mailto):/);
      if (href.includes("hostile.invalid"))
        expect([target, rel]).toEqual(["_blank", expect.stringContaining("noopener")]);
    }
    await isUsable();
  });

  test("comes to no life out of a link either", async () => {
    await page.context().close();
    const link = shareLink(hostileDocument(), site.url);
    await begin(link.slice(site.url.length));
    await page.locator(".react-flow .katex").first().waitFor(patient);
    await nothing();
    await isUsable();
  });
});

/** The smallest picture there is. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

test("a picture with a hostile graph opens it as words", async () => {
  await hand.done();
  const png = pngWithGraph(new Uint8Array(pixel), hostileDocument());
  expect(await openFile("hostile.png", [...(png ?? [])])).toBe("opened");
  await page.locator(".react-flow .katex").first().waitFor(patient);
  await nothing();
});

describe("what is huge", () => {
  const whole = (more: object) => JSON.stringify({ ...plain, ...more });
  const plain = { denoodle: 1, name: "Huge", inputs: {}, graph: {}, outputs: {}, blocks: {} };
  const nested = (depth: number): string =>
    `${'{"z":{"type":"zone/repeat","v":1,"body":'.repeat(depth)}{}${"}}".repeat(depth)}`;

  test.each<readonly [string, () => string]>([
    ["a name of a million letters", () => whole({ name: "w".repeat(1e6) })],
    [
      "a note of a million letters",
      () =>
        whole({
          ui: { notes: { n: { at: [0, 0], size: [200, 100], text: "$x$ *a* ".repeat(125_000) } } },
        }),
    ],
    [
      "zones 5000 deep",
      () =>
        `{"denoodle":1,"name":"Deep","inputs":{},"graph":${nested(5000)},"outputs":{},"blocks":{}}`,
    ],
    ["lists in lists without end", () => "[".repeat(1e6)],
  ])(
    "%s is opened or refused, and the page goes on",
    async (_, text) => {
      await hand.done();
      expect(["opened", "refused"]).toContain(await openFile("huge.json", text()));
      await nothing();
      expect(await openFile("plain.json", JSON.stringify(plain))).toBe("opened");
      await isUsable();
    },
    300_000,
  );
});
