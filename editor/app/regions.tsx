import { useTranslation } from "react-i18next";
import { useProblems } from "../problems/use-problems.ts";
import { ScenePanel, useScene } from "../scene/scene-panel.tsx";
import { TimelinePanel } from "../timeline/timeline-panel.tsx";
import {
  BreakpointsPanel,
  DocsPanel,
  InspectorPanel,
  LibraryPanel,
  OutlinePanel,
  OutputsPanel,
  ProbesPanel,
  ProblemsPanel,
} from "./parts.ts";
import { PanelTabs } from "./tabs.tsx";
import { useStudio, useView } from "./use-studio.ts";

export function Left() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const shown = useView((state) => state.left) ?? "library";
  return (
    <PanelTabs
      label={t("app.left.label")}
      shown={shown}
      onShow={(left) => view.setState({ left })}
      onHide={() => view.setState({ left: null })}
      tabs={[
        { name: "library", title: t("app.left.library"), content: <LibraryPanel /> },
        { name: "outline", title: t("app.left.outline"), content: <OutlinePanel /> },
      ]}
    />
  );
}

export function Right() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const shown = useView((state) => state.right) ?? "inspector";
  return (
    <PanelTabs
      label={t("app.right.label")}
      shown={shown}
      onShow={(right) => view.setState({ right })}
      onHide={() => view.setState({ right: null })}
      tabs={[
        { name: "inspector", title: t("app.right.inspector"), content: <InspectorPanel /> },
        { name: "docs", title: t("app.right.docs"), content: <DocsPanel /> },
      ]}
    />
  );
}

/** What the document shows of itself, or what it makes. */
export function Picture() {
  const scene = useScene();
  return scene === null ? <OutputsPanel /> : <ScenePanel scene={scene} />;
}

export function Bottom() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const shown = useView((state) => state.bottom) ?? "timeline";
  const problems = useProblems();
  return (
    <PanelTabs
      label={t("app.bottom.label")}
      shown={shown}
      onShow={(bottom) => view.setState({ bottom })}
      onHide={() => view.setState({ bottom: null })}
      tabs={[
        { name: "timeline", title: t("app.bottom.timeline"), content: <TimelinePanel /> },
        { name: "probes", title: t("app.bottom.probes"), content: <ProbesPanel /> },
        { name: "breakpoints", title: t("breakpoints.label"), content: <BreakpointsPanel /> },
        {
          name: "problems",
          title: t("app.bottom.problems"),
          badge: problems.length,
          content: <ProblemsPanel />,
        },
      ]}
    />
  );
}
