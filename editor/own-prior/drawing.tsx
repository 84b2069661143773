import { useEffect, useRef } from "react";
import { port } from "../../runtime/graph/ports.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { usePalette } from "../viewers/parts/palette.ts";
import { createThumbnail, type Thumbnail } from "../viewers/parts/thumbnail.ts";

interface Props {
  readonly tensor: TensorData;
  readonly label: string;
  /** CSS pixels along both sides. */
  readonly size: number;
}

const signal = port.signal({ range: "[-1,1]" });

/** One signal, small: a picture in [-1, 1], or the line of a sequence. */
export function Drawing({ tensor, label, size }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const thumbnail = useRef<Thumbnail | null>(null);
  const palette = usePalette();
  useEffect(() => {
    if (canvas.current === null) return;
    thumbnail.current ??= createThumbnail(canvas.current);
    thumbnail.current.draw(tensor, signal, null);
  }, [tensor, palette]);
  const pixels = Math.round(size * devicePixelRatio);
  return (
    <canvas
      ref={canvas}
      className="own-prior-drawing"
      width={pixels}
      height={pixels}
      style={{ width: size, height: size }}
      role="img"
      aria-label={label}
    />
  );
}
