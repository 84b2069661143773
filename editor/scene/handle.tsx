import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { toX, toY } from "../viewers/draw/paint-axes.ts";
import type { Place } from "../viewers/scene/layers.ts";
import type { Vector } from "./mixture.ts";
import { useDragInPlane } from "./use-drag-in-plane.ts";

export interface HandleProps {
  readonly place: Place;
  readonly at: Vector;
  /** The end of its class: `scene-handle-…`. */
  readonly look: string;
  readonly name: string;
  /** Its numbers, in words. */
  readonly value: string;
  /** One number of it, for whoever asks for one. */
  readonly now: number;
  /** Where it is dragged to. */
  readonly onDrag: (to: Vector) => void;
  /** An arrow key: a way of length 1 to the right or upwards; Shift is fine. */
  readonly onNudge: (way: Vector, isFine: boolean) => void;
  /** Plus and minus, or the wheel. */
  readonly onScale?: ((factor: number) => void) | undefined;
  /** Page Up and Page Down, or the wheel with Shift. */
  readonly onWeigh?: ((factor: number) => void) | undefined;
  /** Other keys; true where it was one of them. */
  readonly onKey?: ((key: string) => boolean) | undefined;
  readonly onEnd: () => void;
  /** In the order of Tab; left out: it is. */
  readonly isStop?: boolean;
  readonly style?: CSSProperties;
  readonly children?: ReactNode;
}

const ways: Readonly<Record<string, Vector>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const scaleOf: Readonly<Record<string, number>> = {
  "+": 1.1,
  "=": 1.1,
  "-": 1 / 1.1,
  "−": 1 / 1.1,
};
const weightOf: Readonly<Record<string, number>> = { PageUp: 1.25, PageDown: 1 / 1.25 };

/** A place in the plane that is moved by mouse, touch and keys. */
export function Handle(props: HandleProps) {
  const { place, at, look, name, value, now, onEnd, isStop = true, style, children } = props;
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  useWheel(element, props);
  const drag = useDragInPlane({ place, at, onDrag: props.onDrag, onEnd });
  return (
    <div
      {...drag}
      ref={element}
      className={`scene-handle scene-handle-${look}`}
      role="slider"
      tabIndex={isStop ? 0 : -1}
      aria-label={name}
      aria-roledescription={t("viewers.scene.slider")}
      aria-valuenow={Number(now.toFixed(4))}
      aria-valuetext={value}
      title={t(`viewers.scene.hint.${look}`, { name, value })}
      style={{
        ...style,
        left: toX(place.plot, place.extent, at[0]),
        top: toY(place.plot, place.extent, at[1]),
      }}
      onKeyDown={(event) => pressed(event, props)}
      onBlur={onEnd}
    >
      {children}
    </div>
  );
}

function pressed(event: KeyboardEvent, props: HandleProps): void {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  const [way, scale, weight] = [ways[key], scaleOf[key], weightOf[key]];
  if (way !== undefined) props.onNudge(way, shiftKey);
  else if (scale !== undefined && props.onScale !== undefined) props.onScale(scale);
  else if (weight !== undefined && props.onWeigh !== undefined) props.onWeigh(weight);
  else if (props.onKey?.(key) !== true) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Turns of the wheel are one gesture until it has rested so long. */
const wheelRestMs = 500;

/** The page does not scroll where the wheel changes something. */
function useWheel(element: { readonly current: HTMLElement | null }, props: HandleProps): void {
  const latest = useRef(props);
  latest.current = props;
  const turns = props.onScale !== undefined || props.onWeigh !== undefined;
  useEffect(() => {
    const target = element.current;
    if (target === null || !turns) return undefined;
    let timer = 0;
    const turn = (event: WheelEvent): void => {
      const { onScale, onWeigh, onEnd } = latest.current;
      const factor = Math.exp(-(event.deltaY + event.deltaX) / 800);
      const change = event.shiftKey ? onWeigh : onScale;
      if (change === undefined) return;
      event.preventDefault();
      change(factor);
      clearTimeout(timer);
      timer = window.setTimeout(onEnd, wheelRestMs);
    };
    target.addEventListener("wheel", turn, { passive: false });
    return () => {
      clearTimeout(timer);
      target.removeEventListener("wheel", turn);
    };
  }, [element, turns]);
}
