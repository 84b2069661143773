import { useEffect, useRef, type CanvasHTMLAttributes, type RefObject } from "react";

/** The room of a drawing, in CSS pixels, and how many pixels of the screen one of them is. */
export interface Room {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export type Draw = (context: CanvasRenderingContext2D, room: Room) => void;

interface Props extends Omit<CanvasHTMLAttributes<HTMLCanvasElement>, "width" | "height"> {
  /** Draws all of it on an empty canvas, in CSS pixels; a new function draws anew. */
  readonly draw: Draw;
  readonly label: string;
  readonly canvas?: RefObject<HTMLCanvasElement | null>;
}

/** A canvas as large as its box and as fine as the screen. */
export function Surface({ draw, label, canvas, className = "", ...rest }: Props) {
  const own = useRef<HTMLCanvasElement>(null);
  const ref = canvas ?? own;
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    const id = requestAnimationFrame(() => paint(ref.current, draw));
    return () => cancelAnimationFrame(id);
  }, [draw, ref]);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => paint(element, latest.current));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return (
    <canvas
      ref={ref}
      className={`viewers-surface ${className}`}
      role="img"
      aria-label={label}
      {...rest}
    />
  );
}

/** Sizes the canvas to its box and draws. */
function paint(canvas: HTMLCanvasElement | null, draw: Draw): void {
  const context = canvas?.getContext("2d");
  if (canvas === null || context === null || context === undefined) return;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0 || height === 0) return;
  const ratio = devicePixelRatio;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, { width, height, ratio });
}
