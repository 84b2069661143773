import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { useRun, useStudio } from "../app/use-studio.ts";
import { hasFrames, trackOf } from "../run/output-frames.ts";
import type { RunState } from "../run/run-store.ts";
import { isNumber, numberText } from "./data/number-text.ts";
import { onThemeChange } from "./parts/palette.ts";
import { createThumbnail } from "./parts/thumbnail.ts";
import { thumbnailsOf } from "./parts/thumbnail-cache.ts";
import { watchCalmly } from "./parts/use-frame.ts";
import { typeOfWire, unitOfWire } from "./parts/wire-type.ts";
import "./viewers.css";

interface Props {
  readonly wire: string;
  readonly width: number;
  readonly height: number;
}

/** The height of how a number went, under it. */
const lineHeight = 18;

/**
 * A wire's newest or scrubbed frame, small: drawn only while it is in sight, at most 15 times a second. A number is
 * written, and how it went from step to step is drawn under it.
 */
export function NodePreview({ wire, width, height }: Props) {
  const { t } = useTranslation();
  const { run, analysis, registry } = useStudio();
  const isNew = useRun((state) => state.run === null);
  const [number, setNumber] = useState<NumberShown | null>(null);
  const isOlder = useRun((state) => isEndedEarly(state) && !hasFrames(state, wire));
  const drawn = number === null ? height : lineHeight;
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return undefined;
    const size = [
      Math.round(width * devicePixelRatio),
      Math.round(drawn * devicePixelRatio),
    ] as const;
    [canvas.width, canvas.height] = size;
    const cache = thumbnailsOf(run);
    if (isNew) {
      cache.clear();
      setNumber(null);
    }
    const before = cache.get(wire);
    if (before !== undefined) canvas.getContext("2d")?.drawImage(before, 0, 0, ...size);
    const thumbnail = createThumbnail(canvas);
    let last: TensorData | null = null;
    const draw = (frame: TensorData): void => {
      last = frame;
      const { document, types } = analysis.getState();
      const track = trackOf(run.getState(), wire);
      if (isNumber(frame.shape)) {
        const text = numberText(frame, unitOfWire(document, registry, wire));
        const isLine = (track?.frames.length ?? 0) > 1;
        setNumber((now) => (now?.text === text && now.isLine === isLine ? now : { text, isLine }));
      } else setNumber(null);
      thumbnail.draw(frame, typeOfWire(document, types, wire), track);
      cache.keep(wire, canvas);
    };
    const stopWatching = whileInSight(canvas.parentElement ?? canvas, () =>
      watchCalmly(run, wire, draw),
    );
    const stopTheme = onThemeChange(() => {
      if (last !== null) draw(last);
    });
    return () => {
      stopWatching();
      stopTheme();
    };
  }, [run, isNew, analysis, registry, wire, width, drawn]);
  const picture = (
    <canvas
      ref={ref}
      className="viewers-thumbnail"
      style={{ width, height: drawn }}
      hidden={number?.isLine === false}
      role="img"
      aria-label={t("viewers.thumbnail", { wire })}
    />
  );
  const isMarked = isOlder && thumbnailsOf(run).get(wire) !== undefined;
  return (
    <div
      className={number === null ? "viewers-preview" : "viewers-preview viewers-number"}
      data-older={isMarked}
      title={isMarked ? t("viewers.olderWhy") : undefined}
      style={{ width }}
    >
      {number !== null && <span translate="no">{number.text}</span>}
      {picture}
      {isMarked && <em className="viewers-older">{t("viewers.older")}</em>}
    </div>
  );
}

const isEndedEarly = ({ phase }: RunState): boolean => phase === "failed" || phase === "cancelled";

interface NumberShown {
  readonly text: string;
  /** There is more than one step to draw. */
  readonly isLine: boolean;
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
