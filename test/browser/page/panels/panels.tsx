import axe from "axe-core";
import { useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createStore } from "zustand/vanilla";
import { createStudio } from "../../../../editor/app/create-studio.ts";
import { StudioContext } from "../../../../editor/app/use-studio.ts";
import { startI18n } from "../../../../editor/i18n/index.ts";
import { DocsPanel } from "../../../../editor/inspector/docs-panel.tsx";
import { InspectorPanel } from "../../../../editor/inspector/inspector-panel.tsx";
import { Markdown } from "../../../../editor/inspector/markdown.tsx";
import { ProblemsPanel } from "../../../../editor/problems/problems-panel.tsx";
import { firstState } from "../../../../editor/run/no-run.ts";
import type { RunActions, RunState } from "../../../../editor/run/run-store.ts";
import type { Document } from "../../../../runtime/graph/document.ts";
import { registry } from "../../../../nodes/index.ts";
import type { Markup, PanelName, PanelsPage } from "../../panels-page.ts";
import "../../../../editor/theme/theme.css";

const nothing: Document = {
  denoodle: 1,
  name: "Nothing",
  inputs: {},
  graph: {},
  outputs: {},
  blocks: {},
};

const nothingDone = (): void => undefined;

/** A run that stands still: panels are looked at, nothing is computed. */
const still: RunActions = {
  start: nothingDone,
  pause: nothingDone,
  resume: nothingDone,
  step: nothingDone,
  cancel: nothingDone,
  fork: nothingDone,
  setBackend: nothingDone,
  setWhere: nothingDone,
  reconnect: nothingDone,
  runTo: nothingDone,
  scrub: nothingDone,
  frame: () => Promise.resolve(null),
  inspect: () => Promise.resolve(new Map()),
  score: () => Promise.resolve(null),
  watch: () => nothingDone,
};

const panels: Readonly<Record<PanelName, () => ReactNode>> = {
  inspector: () => <InspectorPanel />,
  docs: () => <DocsPanel />,
  problems: () => <ProblemsPanel />,
};

const studio = createStudio({
  registry,
  document: nothing,
  name: "nothing",
  createRun: () =>
    Object.assign(
      createStore<RunState>(() => firstState),
      { actions: still },
    ),
});

let change: (content: ReactNode) => void = () => undefined;

function Stage() {
  const [content, setContent] = useState<ReactNode>(null);
  change = setContent;
  return content;
}

const page: PanelsPage = {
  types: () => registry.types,
  open: (text) => flushSync(() => studio.editor.actions.open(JSON.parse(text) as Document, "test")),
  select: (keys) => flushSync(() => studio.editor.actions.select(keys)),
  show: (name) => flushSync(() => change(panels[name]())),
  write: (text) => flushSync(() => change(<Markdown text={text} />)),
  run: (state) => flushSync(() => studio.run.setState(state)),
  document: () => JSON.stringify(studio.editor.getState().history.present),
  past: () => studio.editor.getState().history.past.map(({ label }) => label.key),
  selection: () => studio.editor.getState().selection,
  scope: () => studio.editor.getState().scope,
  flight: () => studio.view.getState().flight?.key ?? null,
  undo: () => flushSync(() => void studio.editor.actions.undo()),
  theme: (name) => {
    document.documentElement.dataset["theme"] = name;
  },
  markup,
  focusedProblem: () =>
    [...document.querySelectorAll(".problems-place")].findIndex(
      (row) => row === document.activeElement,
    ),
  axe: async () => {
    const { violations } = await axe.run(document, {
      // a panel by itself has no heading of a page
      rules: { "page-has-heading-one": { enabled: false } },
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  },
};

function markup(): Markup {
  const root = document.querySelector(".inspector-markdown");
  const all = [...(root?.querySelectorAll("*") ?? [])];
  return {
    elements: all.filter((each) => each.matches("script, img, iframe, object, embed, form, input"))
      .length,
    addresses: all.filter((each) => each.matches("[href], [src]")).map((each) => each.outerHTML),
    handlers: all.flatMap((each) =>
      each.getAttributeNames().filter((name) => name.startsWith("on")),
    ),
    text: root?.textContent ?? "",
  };
}

async function start(root: HTMLElement): Promise<void> {
  await startI18n();
  flushSync(() =>
    createRoot(root).render(
      <StudioContext value={studio}>
        <Stage />
      </StudioContext>,
    ),
  );
  Object.assign(globalThis, { panels: page });
}

const root = document.getElementById("root");
if (root !== null) void start(root);
