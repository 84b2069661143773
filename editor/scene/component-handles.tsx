import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../viewers/data/format-number.ts";
import type { Place } from "../viewers/scene/layers.ts";
import { Handle } from "./handle.tsx";
import { moved } from "./line.ts";
import { rounded, type Component } from "./mixture.ts";
import { setComponents } from "./scene-edits.ts";
import type { SceneWires } from "./scene-of.ts";
import type { LiveRun } from "./use-live-run.ts";

interface Props {
  readonly place: Place;
  readonly components: readonly Component[];
  readonly scene: SceneWires;
  readonly live: LiveRun;
}

const steps = [0.05, 0.005] as const;
/** Ends of a component's standard deviation and weight. */
const stds = [0.01, 1] as const;
const weights = [0.01, 100] as const;

const within = ([low, high]: readonly [number, number], value: number): number =>
  rounded(Math.min(high, Math.max(low, value)));

/** The components of the prior: one stop of Tab, from which comma and full stop lead to the others. */
export function ComponentHandles({ place, components, scene, live }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const pixels = place.plot.width / (place.extent.x[1] - place.extent.x[0]);
  const write = (gesture: string, next: readonly Component[]): void =>
    live.apply(gesture, { key: `viewers.scene.edits.${gesture}` }, setComponents(scene, next));
  const change = (index: number, gesture: string, part: Partial<Component>): void =>
    write(
      gesture,
      components.map((each, i) => (i === index ? { ...each, ...part } : each)),
    );
  const focus = (index: number): void => {
    const next = (index + components.length) % components.length;
    setStop(next);
    const target = box.current?.children[next];
    if (target instanceof HTMLElement) target.focus();
  };
  const remove = (index: number): void => {
    if (components.length < 2) return;
    write("remove", components.toSpliced(index, 1));
    live.end();
    focus(Math.max(0, index - 1));
  };
  const keys = (index: number): Readonly<Record<string, () => void>> => ({
    ",": () => focus(index - 1),
    ".": () => focus(index + 1),
    Home: () => focus(0),
    End: () => focus(components.length - 1),
    Delete: () => remove(index),
    Backspace: () => remove(index),
  });
  const current = Math.min(stop, components.length - 1);
  return (
    <div
      ref={box}
      className="scene-components"
      role="group"
      aria-label={t("viewers.scene.handle.components")}
    >
      {components.map((component, i) => (
        <Handle
          // oxlint-disable-next-line react/no-array-index-key -- components have no other name
          key={i}
          place={place}
          look="component"
          at={component.mean}
          isStop={i === current}
          name={t("viewers.scene.handle.component", { number: i + 1, count: components.length })}
          value={t("viewers.scene.componentValue", {
            x: formatNumber(component.mean[0], 3),
            y: formatNumber(component.mean[1], 3),
            std: formatNumber(component.std, 3),
            share: formatNumber((100 * component.weight) / total, 2),
          })}
          now={component.mean[0]}
          style={{ "--std": `${component.std * pixels}px` } as React.CSSProperties}
          onDrag={(to) => change(i, "component", { mean: to })}
          onNudge={(way, isFine) =>
            change(i, "component", { mean: moved(component.mean, way, steps[isFine ? 1 : 0]) })
          }
          onScale={(factor) => change(i, "std", { std: within(stds, component.std * factor) })}
          onWeigh={(factor) =>
            change(i, "weight", { weight: within(weights, component.weight * factor) })
          }
          onKey={(key) => {
            const act = keys(i)[key];
            act?.();
            return act !== undefined;
          }}
          onEnd={live.end}
        />
      ))}
    </div>
  );
}
