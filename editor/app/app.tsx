import { useCallback, useEffect, useMemo } from "react";
import { Canvas } from "../canvas/canvas.tsx";
import { breakpointCommands } from "../breakpoints/breakpoint-commands.ts";
import { ShowHits } from "../breakpoints/use-held.ts";
import { Announcer } from "../commands/announcer.tsx";
import { bindKeys } from "../commands/bind-keys.ts";
import { followPaste } from "../commands/follow-paste.ts";
import { allCommands } from "../commands/all-commands.ts";
import { preferences } from "../commands/page-preferences.ts";
import { loadElk } from "../document/load-elk.ts";
import { keepBlockCommands } from "../blocks/keep-block.ts";
import { useOwnFiles } from "../own-files/use-own-files.ts";
import { ownPriorCommands } from "../own-prior/commands-own-prior.ts";
import { runCommands } from "../run/commands-run.ts";
import type { PageLibrary } from "../run/library.ts";
import { RunNotice } from "../run/run-notice.tsx";
import { RunBar } from "../run/run-bar.tsx";
import { restoreCommands } from "../restore/commands-restore.ts";
import { fileCommands } from "../storage/commands-file.ts";
import { FileMenu } from "../storage/file-menu.tsx";
import type { Storage } from "../storage/storage.ts";
import { StorageContext } from "../storage/use-storage.ts";
import { loadTheRest } from "./later.tsx";
import { Layout } from "./layout.tsx";
import { pageClipboard } from "./page-clipboard.ts";
import { Dialogs } from "./parts.ts";
import { Bottom, Left, Picture, Right } from "./regions.tsx";
import { TopBar } from "./top-bar.tsx";
import { takePicture } from "../viewers/shot/take-picture.ts";
import type { Studio } from "./studio.ts";
import { CommandsContext } from "./use-commands.ts";
import { useInspectorOnChoice } from "./use-inspector-on-choice.ts";
import { StudioContext, useView } from "./use-studio.ts";
import { ViewMenu } from "./view-menu.tsx";
import "../theme/theme.css";
import "./app.css";

interface Props {
  readonly studio: Studio;
  readonly storage: Storage;
  readonly library: PageLibrary;
}

/** The whole page. */
export function App({ studio, storage, library }: Props) {
  const files = useOwnFiles();
  const picture = useCallback(() => takePicture(studio), [studio]);
  const commands = useMemo(
    () => [
      ...allCommands(pageClipboard, loadElk),
      ...runCommands,
      ...breakpointCommands,
      ...fileCommands(storage, picture),
      ...restoreCommands,
      ...ownPriorCommands,
      ...keepBlockCommands(files),
    ],
    [storage, picture, files],
  );
  useEffect(() => bindKeys(studio, commands), [studio, commands]);
  useEffect(() => followPaste(studio), [studio]);
  useInspectorOnChoice(studio);
  useEffect(loadTheRest, []);
  return (
    <StudioContext value={studio}>
      <StorageContext value={storage}>
        <CommandsContext value={commands}>
          <Theme />
          <div className="app">
            <TopBar
              file={<FileMenu takePicture={picture} />}
              run={<RunBar />}
              more={<ViewMenu />}
            />
            <RunNotice />
            <Layout
              left={<Left />}
              canvas={<Canvas />}
              picture={<Picture />}
              right={<Right />}
              bottom={<Bottom />}
            />
          </div>
          <Dialogs commands={commands} library={library} />
          <Announcer />
          <ShowHits />
        </CommandsContext>
      </StorageContext>
    </StudioContext>
  );
}

/** Follows the wish of the person, else that of the system. */
function Theme() {
  const theme = useView((view) => view.theme);
  useEffect(() => preferences.theme.setState({ value: theme }), [theme]);
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
