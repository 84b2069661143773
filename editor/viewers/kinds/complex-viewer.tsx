import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { colourMap } from "../colour/colour-map.ts";
import { floatsOf } from "../data/floats.ts";
import { statsOf } from "../data/stats.ts";
import { decibelsOf, polarOf } from "../draw/complex.ts";
import { rangeOf, type Range } from "../draw/value-range.ts";
import { Choice } from "../parts/choice.tsx";
import { ColourBar } from "../parts/colour-bar.tsx";
import { SampleChoice } from "../parts/sample-choice.tsx";
import { imageOf } from "./image-layout.ts";
import { PictureView } from "./picture-view.tsx";
import type { ViewerProps } from "./viewer-props.ts";

const scales = ["decibels", "linear"] as const;
const turn: Range = [-Math.PI, Math.PI];

/** Pairs of channels as complex numbers: magnitude beside phase. */
export function ComplexViewer({ name, frame, large = false }: ViewerProps) {
  const { t } = useTranslation();
  const [sample, setSample] = useState<number | null>(null);
  const [scale, setScale] = useState<(typeof scales)[number]>("decibels");
  const polar = useMemo(() => polarOf(floatsOf(frame), imageOf(frame.shape)), [frame]);
  const sizes = useMemo(
    () => (scale === "decibels" ? decibelsOf(polar.magnitude) : polar.magnitude),
    [polar, scale],
  );
  const range = useMemo<Range>(() => {
    const { min, max } = statsOf(sizes);
    return scale === "decibels" ? [Math.max(min, -80), 0] : rangeOf("auto", { min: 0, max });
  }, [sizes, scale]);
  const view = { layout: polar.layout, sample, wheel: large, aspect: 0.9 };
  return (
    <>
      <div className="viewers-pair">
        <PictureView
          label={t("viewers.complex.magnitude", { name })}
          values={sizes}
          tone={{ range, map: colourMap("sequential") }}
          {...view}
        />
        <PictureView
          label={t("viewers.complex.phase", { name })}
          values={polar.phase}
          tone={{ range: turn, map: colourMap("cyclic") }}
          {...view}
        />
      </div>
      <div className="viewers-controls">
        <SampleChoice count={polar.layout.batch} sample={sample} onChange={setSample} />
        <Choice
          label={t("viewers.complex.scale")}
          value={scale}
          options={scales.map((value) => ({ value, title: t(`viewers.complex.${value}`) }))}
          onChange={setScale}
        />
        <ColourBar
          map="sequential"
          range={range}
          {...(scale === "decibels" ? { unit: " dB" } : {})}
        />
        <ColourBar map="cyclic" range={turn} />
      </div>
    </>
  );
}
