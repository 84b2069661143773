import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NumberField } from "../run/number-field.tsx";
import type { Fit } from "./fit-photo.ts";
import type { Spot, Stroke } from "./mask.ts";

interface Props {
  readonly fit: Fit;
  readonly onStroke: (stroke: Stroke) => void;
}

type Field = "left" | "top" | "width" | "height";

/** A rectangle of the mask without a pointer: its place and size in pixels of the fitted photo. */
export function RectangleByNumbers({ fit, onStroke }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Partial<Record<Field, number>>>({});
  const { left, top, width, height } = { ...middle(fit), ...chosen };
  const scale = fit.crop.width / fit.width;
  const place = (x: number, y: number): Spot => [
    fit.crop.left + x * scale,
    fit.crop.top + y * scale,
  ];
  const field = (name: Field, value: number, max: number) => (
    <NumberField
      label={t(`restore.rectangle.${name}`)}
      value={value}
      min={name === "left" || name === "top" ? 0 : 1}
      max={max}
      onChange={(next) => setChosen({ ...chosen, [name]: next })}
    />
  );
  const paint = (marks: boolean) =>
    onStroke({
      shape: "rectangle",
      marks,
      from: place(left, top),
      to: place(left + width, top + height),
    });
  return (
    <details className="restore-details">
      <summary>{t("restore.rectangle.name")}</summary>
      <div className="restore-numbers">
        {field("left", left, fit.width - 1)}
        {field("top", top, fit.height - 1)}
        {field("width", width, fit.width)}
        {field("height", height, fit.height)}
      </div>
      <div className="restore-tools">
        <button type="button" className="storage-button" onClick={() => paint(true)}>
          {t("restore.rectangle.mark")}
        </button>
        <button type="button" className="storage-button" onClick={() => paint(false)}>
          {t("restore.rectangle.unmark")}
        </button>
      </div>
    </details>
  );
}

const middle = ({ width, height }: Fit): Record<Field, number> => ({
  left: Math.round(width * 0.375),
  top: Math.round(height * 0.375),
  width: Math.round(width / 4),
  height: Math.round(height / 4),
});
