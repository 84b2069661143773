import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { colourMap, type ColourMapName } from "../colour/colour-map.ts";
import { floatsOf } from "../data/floats.ts";
import { statsOfFrame } from "../data/frame-stats.ts";
import { defaultRange, rangeOf, signedRange, type RangeName } from "../draw/value-range.ts";
import { Choice } from "../parts/choice.tsx";
import { ColourBar } from "../parts/colour-bar.tsx";
import { SampleChoice } from "../parts/sample-choice.tsx";
import { imageOf } from "./image-layout.ts";
import { PictureView } from "./picture-view.tsx";
import type { ViewerProps } from "./viewer-props.ts";

const ranges = ["[-1,1]", "[0,1]", "auto"] as const satisfies readonly RangeName[];
const maps = ["grey", "sequential"] as const satisfies readonly ColourMapName[];

/** An image tensor; others are shown as one row. */
export function ImageViewer({ name, frame, type, track, index, large = false }: ViewerProps) {
  const { t } = useTranslation();
  const values = useMemo(() => floatsOf(frame), [frame]);
  const layout = imageOf(frame.shape);
  const [sample, setSample] = useState<number | null>(null);
  const [rangeName, setRange] = useState<RangeName>(() => defaultRange(type));
  const [mapName, setMap] = useState<"grey" | "sequential">("grey");
  const range = useMemo(
    () =>
      rangeOf(
        rangeName,
        rangeName === "auto" ? statsOfFrame(frame, track, index) : { min: 0, max: 0 },
      ),
    [rangeName, frame, track, index],
  );
  return (
    <>
      <PictureView
        label={t("viewers.image.label", { name })}
        {...{ values, layout, sample, wheel: large }}
        tone={{ range, map: colourMap(mapName) }}
      />
      <div className="viewers-controls">
        <SampleChoice count={layout.batch} sample={sample} onChange={setSample} />
        <Choice
          label={t("viewers.range.label")}
          value={rangeName}
          options={ranges.map((value) => ({
            value,
            title: value === "auto" ? t("viewers.range.auto") : value,
          }))}
          onChange={setRange}
        />
        {layout.channels !== 3 && (
          <Choice
            label={t("viewers.map.label")}
            value={mapName}
            options={maps.map((value) => ({ value, title: t(`viewers.map.${value}`) }))}
            onChange={setMap}
          />
        )}
        {(rangeName === "auto" || mapName !== "grey") && <ColourBar map={mapName} range={range} />}
      </div>
    </>
  );
}

/** Values around zero: each channel a picture whose neutral colour is zero. */
export function SignedViewer({ name, frame, track, index, large = false }: ViewerProps) {
  const { t } = useTranslation();
  const values = useMemo(() => floatsOf(frame), [frame]);
  const layout = imageOf(frame.shape);
  const [sample, setSample] = useState<number | null>(null);
  const range = useMemo(
    () => signedRange(statsOfFrame(frame, track, index)),
    [frame, track, index],
  );
  return (
    <>
      <PictureView
        label={t("viewers.signed.label", { name })}
        {...{ values, layout, wheel: large }}
        sample={sample}
        tone={{ range, map: colourMap("diverging") }}
        apart
      />
      <div className="viewers-controls">
        <SampleChoice count={layout.batch} sample={sample} onChange={setSample} />
        <ColourBar map="diverging" range={range} />
      </div>
    </>
  );
}
