import { useCallback, useMemo, useState } from "react";
import type { Remote } from "comlink";
import { useTranslation } from "react-i18next";
import { layoutOf } from "../data/layout.ts";
import type { Tasks } from "../derive/tasks.ts";
import { useDerived } from "../derive/use-derived.ts";
import { Chart } from "../parts/chart.tsx";
import { SampleChoice } from "../parts/sample-choice.tsx";
import type { ViewerProps } from "./viewer-props.ts";

/** Power by frequency: of images averaged over directions, of sequences over time. */
export function SpectrumViewer({ name, frame }: ViewerProps) {
  const { t } = useTranslation();
  const layout = layoutOf(frame.shape);
  const [sample, setSample] = useState<number | null>(0);
  const work = useCallback(
    (worker: Remote<Tasks>) => worker.spectrum(frame, sample),
    [frame, sample],
  );
  const spectrum = useDerived(work);
  const data = useMemo<[number[], (number | null)[]]>(() => {
    if (spectrum === null) return [[], []];
    // the mean was taken off: frequency 0 says nothing
    const power = Array.from(spectrum.power.subarray(1), (value) => (value > 0 ? value : null));
    return [[...spectrum.frequency.subarray(1)], power];
  }, [spectrum]);
  const unit = layout.kind === "image" ? "viewers.spectrum.perPixel" : "viewers.spectrum.perSample";
  return (
    <>
      <Chart
        label={t("viewers.spectrum.label", { name })}
        data={data}
        x={t(unit)}
        y={t("viewers.spectrum.power")}
        lines={[{ name: t("viewers.spectrum.power"), colour: "space-spectral", fill: false }]}
        logY
      />
      <div className="viewers-controls">
        <SampleChoice count={layout.batch} sample={sample} onChange={setSample} />
        <span className="viewers-facts">{t("viewers.spectrum.hint")}</span>
      </div>
    </>
  );
}
