import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { useStudio } from "../app/use-studio.ts";
import { trackOf } from "../run/output-frames.ts";
import { onThemeChange } from "./parts/palette.ts";
import { createThumbnail } from "./parts/thumbnail.ts";
import { thumbnailsOf } from "./parts/thumbnail-cache.ts";
import { watchCalmly } from "./parts/use-frame.ts";
import { typeOfWire } from "./parts/wire-type.ts";
import "./viewers.css";

interface Props {
  readonly wire: string;
  readonly width: number;
  readonly height: number;
}

/** A wire's newest or scrubbed frame, small: drawn only while it is in sight, at most 15 times a second. */
export function NodePreview({ wire, width, height }: Props) {
  const { t } = useTranslation();
  const { run, analysis } = useStudio();
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    const size = [
      Math.round(width * devicePixelRatio),
      Math.round(height * devicePixelRatio),
    ] as const;
    [canvas.width, canvas.height] = size;
    const cache = thumbnailsOf(run);
    const before = cache.get(wire);
    if (before !== undefined) canvas.getContext("2d")?.drawImage(before, 0, 0, ...size);
    const thumbnail = createThumbnail(canvas);
    let last: TensorData | null = null;
    const draw = (frame: TensorData): void => {
      last = frame;
      const { document, types } = analysis.getState();
      thumbnail.draw(frame, typeOfWire(document, types, wire), trackOf(run.getState(), wire));
      cache.keep(wire, canvas);
    };
    const stopWatching = whileInSight(canvas, () => watchCalmly(run, wire, draw));
    const stopTheme = onThemeChange(() => {
      if (last !== null) draw(last);
    });
    return () => {
      stopWatching();
      stopTheme();
    };
  }, [run, analysis, wire, width, height]);
  return (
    <canvas
      ref={ref}
      className="viewers-thumbnail"
      style={{ width, height }}
      role="img"
      aria-label={t("viewers.thumbnail", { wire })}
    />
  );
}

/** Starts something whenever an element comes into sight, and stops it when it leaves; returns how to end. */
function whileInSight(element: Element, start: () => () => void): () => void {
  let stop: (() => void) | null = null;
  const observer = new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen) stop ??= start();
    else {
      stop?.();
      stop = null;
    }
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    stop?.();
  };
}
