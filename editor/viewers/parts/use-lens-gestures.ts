import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import {
  panned,
  useLensStore,
  wholePicture,
  zoomed,
  type LensStore,
  type Placement,
} from "./lens.ts";

interface Target {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly placement: RefObject<Placement>;
  readonly picture: { readonly width: number; readonly height: number };
  readonly wheel: boolean;
}

/** Wheel and keys zoom, a drag pans, a double click shows all, the pointer reads. */
export function useLensGestures({ canvas, placement, picture, wheel }: Target) {
  const lens = useLensStore();
  const dragged = useRef<readonly [number, number] | null>(null);
  const placeOf = (event: { readonly offsetX: number; readonly offsetY: number }) =>
    [
      (event.offsetX - placement.current.left) / (placement.current.scale * picture.width),
      (event.offsetY - placement.current.top) / (placement.current.scale * picture.height),
    ] as const;
  useWheel(canvas, wheel, (event) => {
    lens.setState(zoomed(lens.getState(), Math.exp(-event.deltaY / 300), placeOf(event)));
  });
  const pan = (dx: number, dy: number): void =>
    lens.setState(
      panned(
        lens.getState(),
        dx / (picture.width * placement.current.scale),
        dy / (picture.height * placement.current.scale),
      ),
    );
  const leave = (): void => {
    dragged.current = null;
    lens.setState({ hover: null });
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = [event.clientX, event.clientY];
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      lens.setState({ hover: placeOf(event.nativeEvent) });
      if (dragged.current === null) return;
      pan(dragged.current[0] - event.clientX, dragged.current[1] - event.clientY);
      dragged.current = [event.clientX, event.clientY];
    },
    onPointerUp: () => {
      dragged.current = null;
    },
    onPointerCancel: leave,
    onPointerLeave: leave,
    onDoubleClick: () => lens.setState(wholePicture),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = keySteps(lens, pan)[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      step();
    },
  };
}

/** What each key does; arrows move only what is enlarged. */
function keySteps(
  lens: LensStore,
  pan: (dx: number, dy: number) => void,
): Readonly<Record<string, () => void>> {
  const { zoom, centre } = lens.getState();
  const zoomBy = (factor: number) => () => lens.setState(zoomed(lens.getState(), factor, centre));
  const keys = {
    "+": zoomBy(1.5),
    "=": zoomBy(1.5),
    "-": zoomBy(1 / 1.5),
    "0": () => lens.setState(wholePicture),
  };
  if (zoom === 1) return keys;
  return {
    ...keys,
    ArrowLeft: () => pan(-24, 0),
    ArrowRight: () => pan(24, 0),
    ArrowUp: () => pan(0, -24),
    ArrowDown: () => pan(0, 24),
  };
}

/** The wheel, with Ctrl or Command, or where it is wanted alone; the page does not scroll then. */
function useWheel(
  canvas: RefObject<HTMLCanvasElement | null>,
  alone: boolean,
  zoom: (event: WheelEvent) => void,
): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!alone && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current(event);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [canvas, alone]);
}
