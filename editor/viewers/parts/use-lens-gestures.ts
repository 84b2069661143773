import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import { panned, useLensStore, wholePicture, zoomed, type Placement } from "./lens.ts";

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
  const latest = useRef(placeOf);
  latest.current = placeOf;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!wheel && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const factor = Math.exp(-event.deltaY / 300);
      lens.setState(zoomed(lens.getState(), factor, latest.current(event)));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [canvas, lens, wheel]);
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
      const { zoom, centre } = lens.getState();
      const steps: Readonly<Record<string, () => void>> = {
        "+": () => lens.setState(zoomed(lens.getState(), 1.5, centre)),
        "=": () => lens.setState(zoomed(lens.getState(), 1.5, centre)),
        "-": () => lens.setState(zoomed(lens.getState(), 1 / 1.5, centre)),
        "0": () => lens.setState(wholePicture),
        ...(zoom === 1
          ? {}
          : {
              ArrowLeft: () => pan(-24, 0),
              ArrowRight: () => pan(24, 0),
              ArrowUp: () => pan(0, -24),
              ArrowDown: () => pan(0, 24),
            }),
      };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      step();
    },
  };
}
