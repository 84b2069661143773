import { useTranslation } from "react-i18next";
import { formatNumber } from "../viewers/data/format-number.ts";
import type { Density, MeasurementLine } from "../viewers/scene/scene.ts";
import { dot } from "./line.ts";
import type { Vector } from "./mixture.ts";

interface Props {
  readonly at: Vector | null;
  readonly prior: Density | null;
  readonly line: MeasurementLine | null;
}

/** The numbers of the place that is pointed at. */
export function Readout({ at, prior, line }: Props) {
  const { t } = useTranslation();
  if (at === null) return null;
  const number = (value: number): string => formatNumber(value, 3);
  return (
    <output className="scene-readout" aria-live="off">
      <span>{t("viewers.scene.place", { x: number(at[0]), y: number(at[1]) })}</span>
      {line !== null && (
        <span>{t("viewers.scene.measured", { value: number(dot(line.a, at)) })}</span>
      )}
      {prior !== null && <span>{t("viewers.scene.density", { value: number(prior(...at)) })}</span>}
    </output>
  );
}
