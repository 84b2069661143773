import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { dropFile, patient, type Hand } from "../support/editor-hand.ts";
import { editorSite } from "../support/editor-site.ts";

const site = editorSite();
let page: Page;
let hand: Hand;

beforeEach(async () => {
  ({ page, hand } = await site.open());
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(what: Locator): Promise<Box> {
  const box = await what.boundingBox();
  if (box === null) throw new Error("it is not on the screen");
  return box;
}

const middleOf = ({ x, y, width, height }: Box) => [x + width / 2, y + height / 2] as const;

/** Everything is in sight and lies still. */
async function fitted(): Promise<void> {
  await page.getByRole("button", { name: "Show everything" }).click();
  await hand.node("outputs/exact").waitFor();
  await hand.node("inputs/prior").waitFor();
  await stillOf(hand.node("outputs/exact"));
}

/** The box of what has come to rest. */
async function stillOf(what: Locator): Promise<Box> {
  let last = await boxOf(what);
  for (;;) {
    await page.evaluate(
      "new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))",
    );
    const now = await boxOf(what);
    if (JSON.stringify(now) === JSON.stringify(last)) return now;
    last = now;
  }
}

const covers = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("a zone that grows pushes its neighbours aside; one undo brings all of it back", async () => {
  await fitted();
  const out = hand.node("outputs/x0");
  const zone = hand.node("graph/reverse");
  const guided = hand.node("graph/reverse/body/guided");
  const title = guided.locator(".canvas-title");
  await title.click();
  await page.getByRole("tab", { name: "Inspector" }).waitFor();
  await fitted();
  const before = { out: await stillOf(out), zone: await stillOf(zone), guided: await boxOf(title) };
  const [x, y] = middleOf(before.guided);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 30, y, { steps: 4 });
  await page.mouse.move(before.zone.x + before.zone.width - 12, y, { steps: 6 });
  await page.mouse.up();
  await expect
    .poll(async () => (await stillOf(zone)).width, patient)
    .toBeGreaterThan(before.zone.width + 5);
  const after = { out: await stillOf(out), zone: await stillOf(zone) };
  expect(after.out.x).toBeGreaterThan(before.out.x + 5);
  expect(covers(after.out, after.zone)).toBe(false);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await stillOf(out)).x, patient).toBeCloseTo(before.out.x, 0);
  expect((await stillOf(zone)).width).toBeCloseTo(before.zone.width, 0);
  expect(await page.getByRole("button", { name: /^Undo/ }).isEnabled()).toBe(false);
});

test("a press on a card or on a port is never one on a wire", async () => {
  await fitted();
  const canvas = await boxOf(page.locator(".canvas"));
  const things = await page.locator(".canvas-card, .canvas-port").all();
  expect(things.length).toBeGreaterThan(50);
  for (const thing of things) {
    const [x, y] = middleOf(await boxOf(thing));
    if (!covers(canvas, { x, y, width: 1, height: 1 })) continue;
    await page.mouse.move(x, y);
    const onWire = `document.elementFromPoint(${x}, ${y}).closest(".react-flow__edge") !== null`;
    expect(await page.evaluate(onWire), (await thing.getAttribute("class")) ?? "").toBe(false);
  }
});

describe("a wire that is dragged", () => {
  const from = "graph/reverse/states/x/current";
  const press = async (key: string): Promise<void> => {
    const [x, y] = middleOf(await boxOf(hand.handle(key)));
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 8, y + 8, { steps: 3 });
  };
  const moveTo = async (what: Locator, shift: readonly [number, number] = [0, 0]) => {
    const [x, y] = middleOf(await boxOf(what));
    await page.mouse.move(x + shift[0] - 6, y + shift[1] - 6);
    await page.mouse.move(x + shift[0], y + shift[1], { steps: 4 });
  };
  const lookOf = (key: string) => hand.handle(key).getAttribute("class");

  test("lights where it may end, says why elsewhere, and is let go by Escape", async () => {
    const before = await hand.savedText();
    await press(from);
    await expect
      .poll(() => lookOf("graph/reverse/body/denoise/in/x"), patient)
      .toContain("canvas-port-legal");
    expect(await lookOf("graph/reverse/body/denoise/in/prior")).toContain("canvas-port-illegal");
    await moveTo(hand.handle("graph/reverse/body/denoise/in/prior"));
    await page.locator(".canvas-why", { hasText: "expected prior" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".canvas-why").waitFor({ state: "detached" });
    await moveTo(hand.handle("graph/reverse/body/predicted/in/x"));
    await page.mouse.up();
    expect(await lookOf("graph/reverse/body/denoise/in/x")).not.toContain("canvas-port-legal");
    expect(await hand.savedText()).toBe(before);
  });

  test("dropped on a card takes the port that fits best, which shows before", async () => {
    await press(from);
    await moveTo(hand.node("graph/reverse/body/predicted").locator(".canvas-title"));
    await expect
      .poll(() => lookOf("graph/reverse/body/predicted/in/x"), patient)
      .toContain("canvas-port-aimed");
    await page.mouse.up();
    await page.getByRole("button", { name: /^Undo: Connected @x to x/ }).waitFor();
    expect(JSON.parse(await hand.savedText())).toMatchObject({
      graph: { reverse: { body: { predicted: { in: { x: "@x" } } } } },
    });
  });

  test("with Alt shows where it would fit with something between", async () => {
    await press("graph/reverse/each/level/current");
    const scale = "graph/reverse/body/guided/in/scale";
    await expect.poll(() => lookOf(scale), patient).toContain("canvas-port-illegal");
    await page.keyboard.down("Alt");
    await expect.poll(() => lookOf(scale), patient).toContain("canvas-port-curable");
    await page.keyboard.up("Alt");
    await expect.poll(() => lookOf(scale), patient).toContain("canvas-port-illegal");
    await page.mouse.up();
  });
});

test("Tab goes from card to card by their names and selects what it comes to; arrow keys go on along the wires", async () => {
  await fitted();
  await hand.node("graph/reverse/body/guided").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  const selected = page.locator(".react-flow__node.selected");
  await expect.poll(() => selected.getAttribute("aria-label"), patient).toBe("Expression, guided");
  expect(await selected.getAttribute("aria-roledescription")).toBeNull();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => selected.getAttribute("aria-label"), patient).not.toMatch(/guided/);
  const wire = page.locator(".react-flow__edge").first();
  expect(await wire.getAttribute("aria-roledescription")).toBeNull();
  expect(await wire.getAttribute("aria-label")).toMatch(/ → /);
});

test("what is copied is pasted by the browser's own key, without asking for its clipboard; a whole graph opens", async () => {
  await fitted();
  await hand.node("graph/reverse/body/guided").locator(".canvas-title").click();
  await page.keyboard.press("Control+c");
  await page.getByText("Copied").first().waitFor(patient);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+v");
  await expect
    .poll(() => page.locator(".react-flow__node.selected").getAttribute("data-id"), patient)
    .toMatch(/^graph\/guided/);
  await page.keyboard.press("Control+z");
  const graph = (await hand.savedText()).replace('"Points on a line"', '"Pasted whole"');
  const field = page.getByPlaceholder("Find: name, type:signal, is:error");
  await page.keyboard.press("Control+f");
  await field.fill(graph.replaceAll("\n", " "));
  await field.press("Control+a");
  await field.press("Control+x");
  await page.keyboard.press("Escape");
  await page.locator(".canvas").click({ position: { x: 8, y: 60 } });
  await page.keyboard.press("Control+v");
  await expect
    .poll(() => page.getByLabel("Name of the graph").inputValue(), patient)
    .toBe("Pasted whole");
});

test("Space opens the search for nodes wherever the canvas has the focus", async () => {
  await page.keyboard.press("Space");
  await hand.search.fill("subtract");
  await page.keyboard.press("Escape");
  await hand.search.waitFor({ state: "detached" });
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("Space");
  await hand.search.waitFor(patient);
});

test("Space adds under the pointer, and inside the zone that is chosen", async () => {
  await fitted();
  const zone = hand.node("graph/reverse");
  const { x, y, width, height } = await boxOf(zone);
  const addHere = async (title: string): Promise<void> => {
    await page.keyboard.press("Space");
    await hand.search.fill(title);
    await page.keyboard.press("Enter");
  };
  await page.locator(".react-flow__pane").click({ position: { x: 20, y: 20 } });
  await page.mouse.move(x + width / 2, y + height - 12);
  await addHere("subtract");
  await hand.node("graph/reverse/body/subtract").waitFor(patient);
  await zone.locator(".canvas-zone-kind").click();
  await page.mouse.move(2, 2);
  await addHere("clamp");
  await hand.node("graph/reverse/body/clamp").waitFor(patient);
});

test("a theme that was chosen stays over a reload", async () => {
  await page.getByRole("button", { name: "Panels and theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  const shown = () => page.locator("html").getAttribute("data-theme");
  await expect.poll(shown, patient).toBe("dark");
  await page.reload();
  await page.waitForSelector(".react-flow__node");
  expect(await shown()).toBe("dark");
});

test("a view is kept in the file, and shows its part again", async () => {
  const first = await stillOf(hand.node("graph/reverse"));
  await fitted();
  await page.getByRole("button", { name: "Kept views" }).click();
  const views = page.getByRole("dialog", { name: "Kept views" });
  await views.getByRole("textbox").fill("All of it");
  await views.getByRole("button", { name: "Keep", exact: true }).click();
  await views.getByRole("button", { name: "All of it", exact: true }).waitFor();
  await views.getByRole("button", { name: "Loop", exact: true }).click();
  await expect
    .poll(async () => (await stillOf(hand.node("graph/reverse"))).width, patient)
    .toBeCloseTo(first.width, -1);
  const { ui } = JSON.parse(await hand.savedText()) as {
    readonly ui: { readonly views: readonly { readonly name: string }[] };
  };
  expect(ui.views.map(({ name }) => name)).toContain("All of it");
});

test("a new sampler begins with what runs, and refuses a prior of something else", async () => {
  await hand.fileMenu(/^New sampler/);
  const dialog = page.getByRole("dialog");
  const prior = (name: RegExp) => dialog.getByRole("button", { name });
  await expect(prior(/^fashion28/).getAttribute("aria-pressed")).resolves.toBe("true");
  await expect(prior(/^photo64.*3 channels/s).getAttribute("aria-disabled")).resolves.toBe("true");
  await dialog.getByRole("button", { name: /^Box inpainting, 64 px/ }).click();
  await expect.poll(() => prior(/^photo64/).getAttribute("aria-pressed"), patient).toBe("true");
  await expect(prior(/^fashion28.*1 channel/s).getAttribute("aria-disabled")).resolves.toBe("true");
  await dialog.getByRole("button", { name: "Create" }).click();
  await hand.node("graph/anneal").waitFor();
});

test("inputs of the graph, notes and frames are added as nodes are; a frame keeps the size it is given", async () => {
  const add = async (words: string) => {
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await hand.search.fill(words);
    await page.keyboard.press("Enter");
    await hand.search.waitFor({ state: "detached" });
  };
  await add("Input: spectral");
  await add("Note");
  await hand.node("ui/notes/note").waitFor();
  await add("Frame");
  const frame = hand.node("ui/frames/frame");
  await frame.waitFor();
  const size = async () => {
    const { ui } = JSON.parse(await hand.savedText()) as {
      readonly ui: { readonly frames: { readonly frame: { readonly size: readonly number[] } } };
    };
    return ui.frames.frame.size;
  };
  const [width = 0] = await size();
  const corner = frame.locator(".react-flow__resize-control.handle.top.left");
  const [x, y] = middleOf(await stillOf(corner));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 20, y - 20, { steps: 4 });
  await page.mouse.move(x - 60, y - 40, { steps: 4 });
  await page.mouse.up();
  await page.getByRole("button", { name: /^Undo: Resized/ }).waitFor();
  expect((await size())[0]).toBeGreaterThan(width);
  const { inputs } = JSON.parse(await hand.savedText()) as { readonly inputs: object };
  expect(inputs).toMatchObject({ spectral: { kind: "spectral" } });
});

/** What a drawn path tells of itself; the tests know no page. */
interface DrawnPath {
  getTotalLength(): number;
  getPointAtLength(length: number): { readonly x: number; readonly y: number };
  getScreenCTM(): Readonly<Record<"a" | "d" | "e" | "f", number>> | null;
}

test("wires of a graph that opens from far away end at their nodes", async () => {
  const graph = JSON.parse(await readFile("graphs/samplers/dps-ddim.json", "utf8")) as {
    ui?: object;
  };
  const far = { name: "All of it", at: [-2000, -2000], size: [6000, 5000] };
  graph.ui = { ...graph.ui, views: [far] };
  await dropFile(page, "far.json", JSON.stringify(graph));
  await page.locator(".canvas-farthest").waitFor();
  const end = hand.node("graph/reverse");
  await end.waitFor();
  const box = await stillOf(end);
  const path = page.locator('[id="graph/reverse/each/level"]');
  const tip = () =>
    path.evaluate((element) => {
      const line = element as unknown as DrawnPath;
      const { x, y } = line.getPointAtLength(line.getTotalLength());
      const { a, d, e, f } = line.getScreenCTM() ?? { a: 1, d: 1, e: 0, f: 0 };
      return { x: x * a + e, y: y * d + f };
    });
  await expect.poll(async () => (await tip()).x).toBeCloseTo(box.x, -1);
  expect((await tip()).y).toBeGreaterThanOrEqual(box.y);
  expect((await tip()).y).toBeLessThanOrEqual(box.y + box.height);
});

test("a label stands on the card over the id, is searched for, and is one step of the history", async () => {
  const guided = hand.node("graph/reverse/body/guided");
  await guided.locator(".canvas-title").click();
  await page.keyboard.press("Shift+F2");
  const dialog = page.getByRole("dialog", { name: "Label" });
  await dialog.getByLabel("Label", { exact: true }).fill("Towards the measurement");
  await dialog.getByRole("button", { name: "Set the label" }).click();
  await dialog.waitFor({ state: "detached" });
  await guided.getByText("Towards the measurement").waitFor();
  await guided.getByText("guided", { exact: true }).waitFor();
  await page.getByLabel("Label of guided").waitFor();
  await page.keyboard.press("Control+g");
  const found = page.getByRole("dialog", { name: "Go to a node" });
  await found.getByRole("combobox").fill("towards");
  await found.getByRole("option", { name: /Towards the measurement/ }).waitFor();
  await page.keyboard.press("Escape");
  await found.waitFor({ state: "detached" });
  const file = JSON.parse(await hand.savedText()) as { readonly ui: { readonly labels: unknown } };
  expect(file.ui.labels).toEqual({ "reverse/guided": "Towards the measurement" });
  await page.keyboard.press("Control+z");
  await guided.getByText("Expression", { exact: true }).waitFor();
});

test("a trained model is added by its name, as the prior that names it", async () => {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await hand.search.fill("photo64");
  await page.keyboard.press("Enter");
  await hand.search.waitFor({ state: "detached" });
  // where the middle of the view is: in the loop
  const { graph } = JSON.parse(await hand.savedText()) as {
    readonly graph: { readonly reverse: { readonly body: object } };
  };
  expect(Object.values(graph.reverse.body)).toContainEqual({
    type: "prior/onnx",
    v: 1,
    params: { model: "photo64" },
  });
});

test("kept views are put in order and renamed", async () => {
  await page.getByRole("button", { name: "Kept views" }).click();
  const views = page.getByRole("dialog", { name: "Kept views" });
  await views.getByRole("button", { name: "Move the view “Loop” down" }).click();
  await views.getByRole("button", { name: "Rename the view “Loop”" }).click();
  const name = views.getByRole("textbox", { name: "Rename the view “Loop”" });
  await name.fill("Sampler");
  await name.press("Enter");
  await views.getByRole("button", { name: "Sampler", exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await views.waitFor({ state: "detached" });
  const { ui } = JSON.parse(await hand.savedText()) as {
    readonly ui: { readonly views: readonly { readonly name: string }[] };
  };
  expect(ui.views.map((view) => view.name)).toEqual(["Measurement", "Sampler"]);
});
