import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Canvas } from "../canvas/canvas.tsx";
import { Announcer } from "../commands/announcer.tsx";
import { bindKeys } from "../commands/bind-keys.ts";
import { allCommands } from "../commands/all-commands.ts";
import { loadElk } from "../document/load-elk.ts";
import { InspectorPanel } from "../inspector/inspector-panel.tsx";
import { DocsPanel } from "../inspector/docs-panel.tsx";
import { OutlinePanel } from "../outline/outline-panel.tsx";
import { LibraryPanel } from "../palette/library-panel.tsx";
import { ProblemsPanel, useProblems } from "../problems/problems-panel.tsx";
import { runCommands } from "../run/commands-run.ts";
import type { PageLibrary } from "../run/library.ts";
import { OutputsPanel } from "../run/outputs-panel.tsx";
import { RunBar } from "../run/run-bar.tsx";
import { fileCommands } from "../storage/commands-file.ts";
import { FileMenu } from "../storage/file-menu.tsx";
import type { Storage } from "../storage/storage.ts";
import { StorageContext } from "../storage/use-storage.ts";
import { ScenePanel, useScene } from "../scene/scene-panel.tsx";
import { TimelinePanel } from "../timeline/timeline-panel.tsx";
import { ProbesPanel } from "../viewers/probes-panel.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Layout } from "./layout.tsx";
import { pageClipboard } from "./page-clipboard.ts";
import { RegionToggles } from "./region-toggles.tsx";
import { PanelTabs } from "./tabs.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import { TopBar } from "./top-bar.tsx";
import type { Studio } from "./studio.ts";
import { CommandsContext } from "./use-commands.ts";
import { StudioContext, useStudio, useView } from "./use-studio.ts";
import "../theme/theme.css";
import "./app.css";

interface Props {
  readonly studio: Studio;
  readonly storage: Storage;
  readonly library: PageLibrary;
}

/** The whole page. */
export function App({ studio, storage, library }: Props) {
  const commands = useMemo(
    () => [
      ...allCommands(pageClipboard, loadElk),
      ...runCommands,
      ...fileCommands(storage, noPicture),
    ],
    [storage],
  );
  useEffect(() => bindKeys(studio, commands), [studio, commands]);
  return (
    <StudioContext value={studio}>
      <StorageContext value={storage}>
        <CommandsContext value={commands}>
          <Theme />
          <div className="app">
            <TopBar file={<FileMenu />} run={<RunBar />} more={<More />} />
            <Layout
              left={<Left />}
              canvas={<Canvas />}
              right={<Right />}
              bottom={<BottomRegion />}
            />
          </div>
          <Dialogs commands={commands} library={library} />
          <Announcer />
        </CommandsContext>
      </StorageContext>
    </StudioContext>
  );
}

function More() {
  return (
    <>
      <RegionToggles />
      <ThemeMenu />
    </>
  );
}

const noPicture = () => Promise.resolve(null);

/** Follows the wish of the person, else that of the system. */
function Theme() {
  const theme = useView((view) => view.theme);
  useEffect(() => {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const dark = theme === "system" ? system.matches : theme === "dark";
      document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [theme]);
  return null;
}

function Left() {
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

function Right() {
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

/** What the document shows of itself, or what it makes, beside the panels. */
function BottomRegion() {
  const scene = useScene();
  return (
    <div className="app-beside">
      {scene === null ? <OutputsPanel /> : <ScenePanel scene={scene} />}
      <Bottom />
    </div>
  );
}

function Bottom() {
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
