import type { ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useTranslation } from "react-i18next";
import { useScene } from "../scene/scene-panel.tsx";
import { useView } from "./use-studio.ts";

interface Regions {
  readonly left: ReactNode;
  readonly canvas: ReactNode;
  /** What the graph makes. */
  readonly picture: ReactNode;
  readonly right: ReactNode;
  readonly bottom: ReactNode;
}

/** Fixed regions around the canvas, each of which can be hidden and resized, by keys too. */
export function Layout({ left, canvas, picture, right, bottom }: Regions) {
  const { t } = useTranslation();
  const shown = {
    left: useView((view) => view.left !== null),
    right: useView((view) => view.right !== null),
    bottom: useView((view) => view.bottom !== null),
    picture: useView((view) => view.picture !== null),
  };
  const bar = (name: keyof typeof shown) => (
    <Separator
      className={`app-separator app-separator-${name}`}
      aria-label={t(`app.resize.${name}`)}
    />
  );
  return (
    <main className="app-columns">
      <Group orientation="horizontal" id="columns">
        {shown.left && (
          <>
            <Panel
              id="left"
              defaultSize={260}
              minSize={180}
              groupResizeBehavior="preserve-pixel-size"
            >
              {left}
            </Panel>
            {bar("left")}
          </>
        )}
        <Panel id="middle" minSize={320}>
          <Group orientation="vertical" id="rows">
            <Panel id="top" minSize={160}>
              <Top canvas={canvas} picture={picture} isShown={shown.picture} bar={bar("picture")} />
            </Panel>
            {shown.bottom && (
              <>
                {bar("bottom")}
                <Panel
                  id="bottom"
                  defaultSize={232}
                  minSize={96}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  {bottom}
                </Panel>
              </>
            )}
          </Group>
        </Panel>
        {shown.right && (
          <>
            {bar("right")}
            <Panel
              id="right"
              defaultSize={320}
              minSize={220}
              groupResizeBehavior="preserve-pixel-size"
            >
              {right}
            </Panel>
          </>
        )}
      </Group>
    </main>
  );
}

interface TopProps extends Pick<Regions, "canvas" | "picture"> {
  readonly isShown: boolean;
  readonly bar: ReactNode;
}

/** The canvas, and beside it what the graph makes: much of a scene, which its example is for, and less of other pictures. */
function Top({ canvas, picture, isShown, bar }: TopProps) {
  const hasScene = useScene() !== null;
  return (
    <Group orientation="horizontal" id="halves">
      <Panel id="canvas" minSize={240}>
        {canvas}
      </Panel>
      {isShown && (
        <>
          {bar}
          <Panel
            id={hasScene ? "scene" : "outputs"}
            defaultSize={hasScene ? "43%" : "30%"}
            minSize={220}
          >
            {picture}
          </Panel>
        </>
      )}
    </Group>
  );
}
