import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { formatNumber } from "../data/format-number.ts";
import type { ImageLayout } from "../data/layout.ts";
import { pictureOf, pixelAt, valuesAt } from "../draw/picture.ts";
import type { Tone } from "../draw/tone.ts";
import { drawLoupe, drawMark, isLoupeNeeded } from "../parts/draw-loupe.ts";
import { placementOf, useLens, type Placement } from "../parts/lens.ts";
import { usePalette } from "../parts/palette.ts";
import { createRaster, type Raster } from "../parts/raster.ts";
import { Surface, type Draw } from "../parts/surface.tsx";
import { useLensGestures } from "../parts/use-lens-gestures.ts";

interface Props {
  readonly label: string;
  readonly values: Float32Array;
  readonly layout: ImageLayout;
  readonly sample: number | null;
  readonly tone: Tone;
  /** Three channels are no colours: each is a picture of its own. */
  readonly apart?: boolean;
  /** Width over height of the room, which decides how a mosaic is laid out. */
  readonly aspect?: number;
  /** The wheel zooms without a key. */
  readonly wheel?: boolean;
}

/** A tensor as a picture, pixel by pixel: zoom, pan and hover, shared with all other pictures. */
export function PictureView({
  label,
  values,
  layout,
  sample,
  tone,
  apart = false,
  aspect = 1.5,
  wheel = false,
}: Props) {
  const { batch, channels, height, width } = layout;
  const picture = useMemo(
    () =>
      pictureOf(
        { kind: "image", batch, channels, height, width },
        sample,
        aspect,
        channels === 3 && !apart,
      ),
    [batch, channels, height, width, sample, aspect, apart],
  );
  const { raster, version } = useRaster(picture, values, tone);
  const lens = useLens();
  const colours = usePalette();
  const canvas = useRef<HTMLCanvasElement>(null);
  const placement = useRef<Placement>({ left: 0, top: 0, scale: 1 });
  const handlers = useLensGestures({ canvas, placement, picture, wheel });
  const draw = useCallback<Draw>(
    (context, room) => {
      const place = placementOf(lens, picture, room);
      placement.current = place;
      if (version === 0) return;
      const { left, top, scale } = place;
      context.imageSmoothingEnabled = scale * room.ratio < 1;
      context.imageSmoothingQuality = "high";
      context.drawImage(raster.canvas, left, top, picture.width * scale, picture.height * scale);
      if (lens.hover === null) return;
      const scene = { raster: raster.canvas, picture, place, hover: lens.hover, room, colours };
      if (isLoupeNeeded(scene)) drawLoupe(context, scene);
      drawMark(context, scene);
    },
    [lens, picture, raster, version, colours],
  );
  const at = lens.hover;
  const pixel =
    at === null ? null : pixelAt(picture, at[0] * picture.width, at[1] * picture.height);
  return (
    <div className="viewers-picture">
      <Surface draw={draw} label={label} canvas={canvas} tabIndex={0} {...handlers} />
      {pixel !== null && (
        <output className="viewers-readout" translate="no">
          {batch > 1 && `#${pixel.sample} `}({pixel.x}, {pixel.y}){" "}
          <b>
            {valuesAt(picture, values, pixel)
              .map((value) => formatNumber(value, 3))
              .join("  ")}
          </b>
        </output>
      )}
    </div>
  );
}

/** The picture's pixels, and a number that grows each time they are drawn. */
function useRaster(picture: ReturnType<typeof pictureOf>, values: Float32Array, tone: Tone) {
  const [raster] = useState<Raster>(createRaster);
  const [version, setVersion] = useState(0);
  const [low, high] = tone.range;
  const { map } = tone;
  useEffect(() => {
    raster.paint(picture, values, { range: [low, high], map }, () =>
      setVersion((count) => count + 1),
    );
  }, [raster, picture, values, low, high, map]);
  useEffect(() => () => raster.stop(), [raster]);
  return { raster, version };
}
