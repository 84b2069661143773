import { later } from "./later.tsx";

/** What the first screen does without. */
export const InspectorPanel = later(
  async () => (await import("../inspector/inspector-panel.tsx")).InspectorPanel,
);
export const DocsPanel = later(async () => (await import("../inspector/docs-panel.tsx")).DocsPanel);
export const OutlinePanel = later(
  async () => (await import("../outline/outline-panel.tsx")).OutlinePanel,
);
export const LibraryPanel = later(
  async () => (await import("../palette/library-panel.tsx")).LibraryPanel,
);
export const ProbesPanel = later(
  async () => (await import("../viewers/probes-panel.tsx")).ProbesPanel,
);
export const BreakpointsPanel = later(
  async () => (await import("../breakpoints/breakpoints-panel.tsx")).BreakpointsPanel,
);
export const Dialogs = later(async () => (await import("./dialogs.tsx")).Dialogs);
export const OutputsPanel = later(
  async () => (await import("../run/outputs-panel.tsx")).OutputsPanel,
);
export const ProblemsPanel = later(
  async () => (await import("../problems/problems-panel.tsx")).ProblemsPanel,
);
