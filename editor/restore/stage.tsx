import { useEffect, useRef, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Fit } from "./fit-photo.ts";
import { markedShare, type Mask, type Stroke } from "./mask.ts";
import { percent } from "./percent.ts";
import type { Tool } from "./tool.ts";
import { usePainting } from "./use-painting.ts";

interface Props {
  readonly pixels: ImageData;
  readonly fit: Fit;
  /** Null where nothing is to be marked. */
  readonly mask: Mask | null;
  readonly tool: Tool;
  readonly onStroke: (stroke: Stroke) => void;
}

/** The photo as it is measured, and the mask on it. */
export function Stage({ pixels, fit, mask, tool, onStroke }: Props) {
  const picture = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    picture.current?.getContext("2d")?.putImageData(pixels, 0, 0);
  }, [pixels]);
  const { width, height } = pixels;
  return (
    <div className="restore-stage" style={{ aspectRatio: `${width} / ${height}` }}>
      <canvas
        key={`${width} ${height}`}
        ref={picture}
        className="restore-picture"
        width={width}
        height={height}
        aria-hidden
      />
      {mask !== null && <MaskLayer fit={fit} mask={mask} tool={tool} onStroke={onStroke} />}
    </div>
  );
}

function MaskLayer({ fit, mask, tool, onStroke }: Omit<Props, "mask" | "pixels"> & { mask: Mask }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ring = useRef<HTMLDivElement>(null);
  const painting = usePainting({ canvas, fit, mask, tool, onStroke });
  const follow = (event: PointerEvent<HTMLElement>): void => {
    painting.onPointerMove(event);
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const across = tool.shape === "brush" ? (tool.size * width) / fit.width : 0;
    const at = `${event.clientX - left}px ${event.clientY - top}px`;
    Object.assign(ring.current?.style ?? {}, {
      translate: at,
      inlineSize: `${across}px`,
      blockSize: `${across}px`,
    });
  };
  return (
    <>
      <canvas
        ref={canvas}
        className="restore-mask"
        width={fit.width}
        height={fit.height}
        role="img"
        aria-label={t("restore.mask.share", { share: percent(markedShare(mask)) })}
        {...painting}
        onPointerMove={follow}
      />
      <div ref={ring} className="restore-ring" aria-hidden />
    </>
  );
}
