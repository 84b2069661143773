import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { registry } from "../../nodes/index.ts";
import { fieldsOf } from "../../editor/inspector/fields/fields-of.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { launchChromium } from "../support/chromium.ts";
import { servePanels } from "../support/serve-panels.ts";
import type { ServedPages } from "../support/serve-pages.ts";
import type { PanelName, PanelsPage } from "./panels-page.ts";
import { until } from "../support/until.ts";

let pages: ServedPages;
let browser: Browser;
let page: Page;
/** Errors, warnings and requests to elsewhere since the test began. */
let faults: string[];

beforeAll(async () => {
  pages = await servePanels();
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 320, height: 900 } });
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("dialog", (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(pages.url) && !/^(data|blob):/.test(url)) faults.push(url);
  });
  faults = [];
  await page.goto(pages.url);
  await until(page, "globalThis.panels !== undefined");
});

beforeEach(() => {
  faults = [];
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
});

type Asked = (panels: PanelsPage) => unknown;
const ask = <T>(work: (panels: PanelsPage) => T): Promise<Awaited<T>> =>
  page.evaluate(`(${String(work as Asked)})(globalThis.panels)`) as Promise<Awaited<T>>;

async function open(document: object, select: readonly string[], panel: PanelName): Promise<void> {
  await page.evaluate(
    ([text, keys, name]) => {
      const { panels } = globalThis as unknown as { panels: PanelsPage };
      panels.open(text);
      panels.select(keys);
      panels.show(name);
    },
    [JSON.stringify(document), select, panel] as const,
  );
}

const written = async (): Promise<Document> =>
  JSON.parse(await ask((panels) => panels.document())) as Document;

const graph = (nodes: object, more: object = {}): object => ({
  denoodle: 1,
  name: "Test",
  inputs: {
    noise: { kind: "scalar", default: 0.05 },
    schedule: { kind: "schedule", default: { type: "schedule/poly", v: 1 } },
  },
  graph: nodes,
  outputs: {},
  blocks: {},
  ...more,
});

describe("every node of the registry", () => {
  test.each(registry.types)(
    "%s: the inspector and the docs show it, with a field for each param",
    async (type) => {
      const [definition] = registry.versions(type);
      const params = definition === undefined ? [] : fieldsOf(definition);
      await open(graph({ node: { type, v: definition?.v } }), ["graph/node"], "inspector");
      await page.getByRole("heading", { name: definition?.title ?? "", exact: true }).waitFor();
      for (const { name } of params) {
        const row = page.locator(`[data-param="${name}"]`);
        expect(await row.count(), name).toBe(1);
        expect(
          await row.locator("input, select, textarea, button[role=switch]").count(),
          name,
        ).toBeGreaterThan(0);
      }
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
      await ask((panels) => panels.show("docs"));
      await page
        .getByRole("region", { name: "Docs" })
        .getByText(definition?.summary ?? "")
        .first()
        .waitFor();
      expect(faults).toEqual([]);
    },
  );
});

describe("a number", () => {
  const poly = graph({ s: { type: "schedule/poly", v: 1, params: { sigmaMax: 10 } } });
  const sigmaMax = () => page.getByRole("spinbutton", { name: "sigmaMax" });

  test("typing into one field is one entry, and undo takes it all back", async () => {
    await open(poly, ["graph/s"], "inspector");
    await sigmaMax().click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("25.5");
    await page.keyboard.press("Tab");
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 25.5 });
    expect(await ask((panels) => panels.past())).toEqual(["inspector.edits.param"]);
    await ask((panels) => panels.undo());
    expect(await sigmaMax().inputValue()).toBe("10");
  });

  test("a drag is one entry, and the next drag is another", async () => {
    await open(poly, ["graph/s"], "inspector");
    const drag = async (pixels: number): Promise<void> => {
      const box = await sigmaMax().boundingBox();
      const [x, y] = [(box?.x ?? 0) + 30, (box?.y ?? 0) + 10];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + pixels / 2, y);
      await page.mouse.move(x + pixels, y);
      await page.mouse.up();
    };
    await drag(80);
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 100 });
    await drag(-80);
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 10 });
    expect(await ask((panels) => panels.past().length)).toBe(2);
  });

  test("what does not fit is said at the field and does not reach the file", async () => {
    await open(poly, ["graph/s"], "inspector");
    await sigmaMax().fill("-4");
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 10 });
    await sigmaMax().press("Enter");
    await page.getByText("Expected a number above 0, got -4.").waitFor();
    expect(await sigmaMax().getAttribute("aria-invalid")).toBe("true");
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 10 });
    await sigmaMax().fill("4");
    await sigmaMax().press("Enter");
    expect((await written()).graph["s"]?.params).toEqual({ sigmaMax: 4 });
  });

  test("what cannot be read stays in the field, in red and with the reason, until Escape", async () => {
    await open(poly, ["graph/s"], "inspector");
    for (const text of ["abc", "1e999"]) {
      await sigmaMax().fill(text);
      await sigmaMax().blur();
      await page.getByText(`Expected a number, got "${text}".`).waitFor();
      expect(await sigmaMax().inputValue()).toBe(text);
      await sigmaMax().press("Escape");
      await expect.poll(() => sigmaMax().inputValue()).toBe("10");
      expect(await sigmaMax().getAttribute("aria-invalid")).toBe("false");
    }
    expect(await ask((panels) => panels.past())).toEqual([]);
  });

  test("Escape forgets what is being typed", async () => {
    await open(poly, ["graph/s"], "inspector");
    await sigmaMax().fill("7");
    await sigmaMax().press("Escape");
    await expect.poll(() => sigmaMax().inputValue()).toBe("10");
    await sigmaMax().press("Enter");
    expect(await ask((panels) => panels.past())).toEqual([]);
  });

  test("goes back to its default, and out of the file", async () => {
    await open(poly, ["graph/s"], "inspector");
    await page.getByRole("button", { name: "Reset “sigmaMax” to 10" }).click();
    expect((await written()).graph["s"]).not.toHaveProperty("params");
  });
});

describe("an expression", () => {
  const scale = graph({ c: { type: "math/constant", v: 1 } });

  test("begins with = in the field of a number, is completed, and says its value", async () => {
    await open(scale, ["graph/c"], "inspector");
    await page.getByRole("spinbutton", { name: "value" }).click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("=2*@no");
    await page.getByRole("option", { name: /@noise/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("= 0.1 now").waitFor();
    expect((await written()).graph["c"]?.params).toEqual({ value: "=2*@noise" });
  });

  test("while it is no expression it stays in the field and out of the file", async () => {
    await open(scale, ["graph/c"], "inspector");
    await page.getByRole("button", { name: "Write “value” as an expression" }).click();
    const field = page.getByRole("combobox", { name: "value, expression" });
    await field.fill("=2*");
    await page.getByText(/Not applied/).waitFor();
    expect((await written()).graph["c"]?.params).toEqual({ value: "=0" });
    await field.fill("=@nobody");
    await page.getByText(/There is no input or rail "@nobody" here/).waitFor();
  });
});

describe("wires and ids", () => {
  const wired = graph({
    level: { type: "schedule/first", v: 1, in: { schedule: "@schedule" } },
    c: { type: "math/constant", v: 1, in: { value: "level.level.sigma" } },
  });

  test("a wire takes the place of a param's field, says what it reads, and can be cut", async () => {
    await open(wired, ["graph/c"], "inspector");
    await page.getByRole("button", { name: "level.level.sigma" }).waitFor();
    await page.getByRole("button", { name: "Disconnect “value”" }).click();
    await page.getByRole("spinbutton", { name: "value" }).waitFor();
    expect((await written()).graph["c"]).not.toHaveProperty("in");
  });

  test("a press on what it reads goes there", async () => {
    await open(wired, ["graph/c"], "inspector");
    await page.getByRole("button", { name: "level.level.sigma" }).click();
    expect(await ask((panels) => panels.selection())).toEqual(["graph/level"]);
    expect(await ask((panels) => panels.flight())).toBe("graph/level");
  });

  test("an id is refused while it clashes; with the new one all that read it follows", async () => {
    await open(wired, ["graph/level"], "inspector");
    const id = page.getByRole("textbox", { name: "Id of level" });
    await id.fill("c");
    await page.getByText("“c” is taken here.").waitFor();
    await id.fill("1st");
    await page.getByText(/A name has letters/).waitFor();
    await id.fill("first");
    await page.keyboard.press("Enter");
    expect((await written()).graph["c"]?.in).toEqual({ value: "first.level.sigma" });
    expect(await ask((panels) => panels.selection())).toEqual(["graph/first"]);
    expect(await ask((panels) => panels.past().length)).toBe(1);
  });
});

describe("a slot", () => {
  test("takes another node as its default, with the params of that", async () => {
    await open(graph({}), ["inputs/schedule"], "inspector");
    await page.getByRole("combobox", { name: "Stands in" }).selectOption("schedule/vp-linear");
    const timeMax = page.getByRole("spinbutton", { name: "timeMax" });
    await timeMax.fill("0.5");
    await timeMax.press("Enter");
    expect((await written()).inputs["schedule"]?.default).toEqual({
      type: "schedule/vp-linear",
      v: 1,
      params: { timeMax: 0.5 },
    });
  });
});

describe("a zone", () => {
  const zone = graph({
    zero: { type: "math/expression", v: 1, params: { expression: "0" } },
    loop: {
      type: "zone/repeat",
      v: 1,
      params: { count: 3 },
      states: { x: { init: "zero.x", next: "sum.x" } },
      body: {
        sum: { type: "math/expression", v: 1, params: { expression: "x+1" }, in: { x: "@x" } },
      },
    },
    after: { type: "math/expression", v: 1, params: { expression: "x" }, in: { x: "loop.x" } },
  });

  test("has its count, and rails whose names, depth and end can be changed", async () => {
    await open(zone, ["graph/loop"], "inspector");
    const count = page.getByRole("spinbutton", { name: "count" });
    await count.fill("7");
    await count.press("Enter");
    await page.getByRole("combobox", { name: "Iterations kept of x" }).selectOption("2");
    const name = page.getByRole("textbox", { name: "Id of x" });
    await name.fill("total");
    await name.press("Enter");
    const { loop, after } = (await written()).graph as unknown as Record<
      string,
      Record<string, unknown>
    >;
    expect(loop?.["params"]).toEqual({ count: 7 });
    expect(loop?.["states"]).toEqual({ total: { init: "zero.x", next: "sum.x", depth: 2 } });
    expect(after?.["in"]).toEqual({ x: "loop.total" });
    await page.getByRole("button", { name: "Remove “total”" }).click();
    expect((await written()).graph["loop"]).not.toHaveProperty("states");
  });
});

describe("several nodes of one type", () => {
  test("change together, as one entry", async () => {
    const node = { type: "math/constant", v: 1 };
    await open(
      graph({ a: node, b: { ...node, params: { value: 2 } } }),
      ["graph/a", "graph/b"],
      "inspector",
    );
    await page.getByText("They differ").waitFor();
    const value = page.getByRole("spinbutton", { name: "value" });
    await value.fill("5");
    await value.press("Enter");
    const { graph: nodes } = await written();
    expect([nodes["a"]?.params, nodes["b"]?.params]).toEqual([{ value: 5 }, { value: 5 }]);
    expect(await ask((panels) => panels.past().length)).toBe(1);
  });
});

describe("a stranger's words", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<iframe src="https://example.org"></iframe>',
    "[press](javascript:alert(1))",
    "[press](data:text/html,<script>alert(1)</script>)",
    "![picture](https://example.org/x.png)",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\htmlData{onclick=alert(1)}{x}$",
    "$\\includegraphics{https://example.org/x.png}$",
    "$\\def\\a{\\a\\a}\\a$",
    `$${"{".repeat(2000)}x${"}".repeat(2000)}$`,
    "$\\rule{9999999em}{9999999em}$",
  ];

  test.each(hostile)(
    "%s writes no element and no address of its own, and asks nobody",
    async (text) => {
      await page.evaluate(
        (markdown) => (globalThis as unknown as { panels: PanelsPage }).panels.write(markdown),
        `before ${text} after`,
      );
      await page.locator(".inspector-markdown").waitFor();
      const found = await ask((panels) => panels.markup());
      expect(found).toMatchObject({ elements: 0, addresses: [], handlers: [] });
      expect(found.text).toContain("before");
      expect(faults).toEqual([]);
    },
  );

  test("a link out goes out and takes nothing with it", async () => {
    await page.evaluate(
      (markdown) => (globalThis as unknown as { panels: PanelsPage }).panels.write(markdown),
      "[paper](https://arxiv.org/abs/2407.01521)",
    );
    const link = page.getByRole("link", { name: "paper" });
    expect(await link.getAttribute("rel")).toContain("noopener");
    expect(await link.getAttribute("href")).toBe("https://arxiv.org/abs/2407.01521");
  });

  test("names, descriptions and texts of a file are words wherever they stand", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const document = graph(
      { node: { type: evil, v: 1, params: { [evil]: evil }, in: { [evil]: evil } } },
      {
        name: evil,
        about: { summary: evil, paper: evil, departures: [evil] },
        outputs: { [evil]: evil },
      },
    );
    for (const panel of ["inspector", "docs", "problems"] as const)
      for (const select of [[], ["graph/node"], ["inputs/noise"]]) {
        await open(document, select, panel);
        expect(await page.locator("img, script:not([src])").count()).toBe(0);
      }
    expect(faults).toEqual([]);
  });
});

describe("axe finds no fault", () => {
  const rich = graph(
    {
      level: { type: "schedule/first", v: 1, in: { schedule: "@schedule" } },
      list: {
        type: "schedule/list",
        v: 1,
        params: {
          levels: {
            pairs: [
              [1, 2],
              [0.5, -1],
            ],
          },
        },
      },
      mixture: {
        type: "prior/gaussian-mixture",
        v: 1,
        params: { means: [[0, 1]], std: [0.1, 0.2, 0.3] },
      },
      network: {
        type: "prior/onnx",
        v: 1,
        params: { betas: { kind: "linear" }, constants: { a: 1 } },
      },
      loop: {
        type: "zone/for-each",
        v: 1,
        each: { level: "@schedule.levels" },
        states: { x: { init: "list.schedule", next: "c.x", depth: 3 } },
        body: {
          c: {
            type: "math/constant",
            v: 1,
            params: { value: "=2*@level.sigma" },
            in: { like: "@x" },
          },
        },
      },
    },
    {
      about: { summary: "Words with $x^2$.", departures: ["One"] },
      outputs: { s: "list.schedule" },
    },
  );
  const selections = [
    [],
    ["graph/level"],
    ["graph/list"],
    ["graph/mixture"],
    ["graph/network"],
    ["graph/loop"],
    ["graph/loop/body/c"],
    ["graph/loop/body/c/in/like"],
    ["inputs/schedule"],
    ["outputs/s"],
    ["graph/level", "graph/list"],
  ];

  test.each(["light", "dark"] as const)(
    "in the %s theme, in every panel, whatever is selected",
    async (theme) => {
      await page.evaluate(
        (name) => (globalThis as unknown as { panels: PanelsPage }).panels.theme(name),
        theme,
      );
      for (const panel of ["inspector", "docs", "problems"] as const)
        for (const select of panel === "problems" ? [[]] : selections) {
          await open(rich, select, panel);
          const found = await ask((panels) => panels.axe());
          expect(found, `${panel} ${select.join(" ")}`).toEqual([]);
        }
      expect(faults).toEqual([]);
    },
  );
});

describe("the list of problems", () => {
  const broken = graph(
    {
      loop: {
        type: "zone/repeat",
        v: 1,
        params: { count: 3 },
        states: { x: { init: "zero.x", next: "sum.x" } },
        body: { sum: { type: "math/constant", v: 1, params: { valu: 2 } } },
      },
    },
    { ui: { collapsed: ["loop"] } },
  );

  test("counts them, goes to each, and dives where the canvas does not show it", async () => {
    await open(broken, [], "problems");
    const heading = page.getByRole("heading", { name: /errors/ });
    await heading.waitFor();
    await page.getByRole("button", { name: /There is no param "valu"/ }).click();
    expect(await ask((panels) => panels.scope())).toBe("graph/loop/body");
    expect(await ask((panels) => panels.selection())).toEqual(["graph/loop/body/sum"]);
  });

  test("is walked with the arrow keys", async () => {
    await open(broken, [], "problems");
    const rows = page.locator(".problems-place");
    const focused = () => ask((panels) => panels.focusedProblem());
    await rows.first().focus();
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(1);
    await page.keyboard.press("End");
    expect(await focused()).toBe((await rows.count()) - 1);
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe(0);
  });

  test("mends at a press, as one entry, and says so when all is well", async () => {
    await open(
      graph(
        { c: { type: "math/constant", v: 1, params: { valu: 2 } } },
        { inputs: {}, outputs: { x: "c.x" } },
      ),
      [],
      "problems",
    );
    await page.getByRole("button", { name: "Change “valu” to “value”" }).click();
    expect((await written()).graph["c"]?.params).toEqual({ value: 2 });
    expect(await ask((panels) => panels.past())).toEqual(["problems.fix.replace"]);
    await page.getByText('The input "space"').or(page.getByText("No problems.")).first().waitFor();
  });
});
