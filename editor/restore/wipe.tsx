import { useEffect, useRef, useState, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Picture } from "../../runtime/tensor/picture.ts";
import type { Message } from "../document/history.ts";
import { rgbaOf } from "./restored-picture.ts";

interface Props {
  readonly before: ImageBitmap | null;
  readonly after: Picture | null;
  readonly nameBefore: Message;
  /** Null where there is nothing after, and nothing will come. */
  readonly nameAfter: Message | null;
}

/** The photo and the restored picture in one place, divided by a line that is dragged or moved by arrow keys. */
export function Wipe({ before, after, nameBefore, nameAfter }: Props) {
  const { t } = useTranslation();
  const [part, setPart] = useState(50);
  const { width = 16, height = 9 } = after ?? before ?? {};
  const drag = ({ buttons, clientX, currentTarget }: PointerEvent): void => {
    if ((buttons & 1) === 0) return;
    const { left, width: across } = currentTarget.getBoundingClientRect();
    setPart(Math.min(100, Math.max(0, ((clientX - left) / across) * 100)));
  };
  const isBoth = before !== null && after !== null;
  return (
    <div className="restore-compare">
      <div
        className="restore-wipe"
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={drag}
      >
        {after !== null && <After picture={after} />}
        {before !== null && <Before bitmap={before} part={isBoth ? part : 100} />}
        {isBoth && <div className="restore-wipe-line" style={{ left: `${part}%` }} aria-hidden />}
        <Chip name={before === null ? null : nameBefore} />
        <Chip name={nameAfter} at="after" />
      </div>
      <input
        className="restore-wipe-slider"
        type="range"
        min={0}
        max={100}
        step={0.5}
        value={part}
        autoFocus
        aria-label={t("restore.compare.wipe")}
        aria-valuetext={t("restore.compare.share", { share: Math.round(part) })}
        onChange={({ target }) => setPart(Number(target.value))}
      />
    </div>
  );
}

function Chip({ name, at = "before" }: { readonly name: Message | null; readonly at?: string }) {
  const { t } = useTranslation();
  if (name === null) return null;
  return (
    <span className={`restore-chip restore-chip-${at}`}>{t(name.key, name.values ?? {})}</span>
  );
}

function After({ picture }: { readonly picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  useEffect(() => {
    const image = new ImageData(rgbaOf(picture), width, height);
    canvas.current?.getContext("2d")?.putImageData(image, 0, 0);
  }, [picture, width, height]);
  return (
    <canvas ref={canvas} className="restore-after" width={width} height={height} aria-hidden />
  );
}

function Before({ bitmap, part }: { readonly bitmap: ImageBitmap; readonly part: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = bitmap;
  useEffect(() => {
    canvas.current?.getContext("2d")?.drawImage(bitmap, 0, 0);
  }, [bitmap, width, height]);
  return (
    <canvas
      ref={canvas}
      className="restore-before"
      style={{ clipPath: `inset(0 ${100 - part}% 0 0)` }}
      width={width}
      height={height}
      aria-hidden
    />
  );
}
