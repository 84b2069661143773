import { useTranslation } from "react-i18next";
import type { Choices } from "./choices.ts";
import { type Fit, isScaled, sides } from "./fit-photo.ts";
import type { Photo } from "./photo.ts";
import { percent } from "./percent.ts";
import { Segments } from "./segments.tsx";
import { Slider } from "./slider.tsx";

interface Props {
  readonly choices: Choices;
  readonly photo: Photo;
  readonly fit: Fit | null;
  /** Pixels of the restored picture to one of the fitted photo. */
  readonly factor: number;
  readonly onChange: (choices: Partial<Choices>) => void;
}

/** How large the restored picture is, and what that does to the photo. */
export function SizeChoice({ choices, photo, fit, factor, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="restore-group">
      <Segments
        label={t("restore.size.name")}
        name="restore-side"
        value={choices.side}
        options={sides.map((value) => ({ value, text: String(value) }))}
        onChange={(side) => onChange({ side })}
      />
      <label className="restore-check">
        <input
          type="checkbox"
          checked={choices.square}
          onChange={({ target }) => onChange({ square: target.checked })}
        />
        {t("restore.size.square")}
      </label>
      {choices.square && photo.bitmap.width !== photo.bitmap.height && (
        <Slider
          label={t("restore.size.along")}
          value={choices.along}
          min={0}
          max={1}
          step={0.01}
          text={t(`restore.size.${isWide(photo) ? "fromLeft" : "fromTop"}`, {
            share: percent(choices.along),
          })}
          onChange={(along) => onChange({ along })}
        />
      )}
      <p className={fit === null ? "restore-refused" : "restore-soft"} role="status">
        {fit === null
          ? t("restore.size.none", sizeOf(photo))
          : t(`restore.size.${what(photo, fit)}`, {
              from: t("restore.size.pixels", sizeOf(photo)),
              taken: t("restore.size.pixels", { width: fit.width, height: fit.height }),
              result: t("restore.size.pixels", {
                width: fit.width * factor,
                height: fit.height * factor,
              }),
            })}
      </p>
    </div>
  );
}

const isWide = ({ bitmap: { width, height } }: Photo): boolean => width > height;

const sizeOf = ({ bitmap: { width, height } }: Photo) => ({ width, height });

/** What happens to the photo before it is restored. */
function what({ bitmap }: Photo, fit: Fit): "scaled" | "cut" | "whole" {
  if (isScaled(fit)) return "scaled";
  return fit.width === bitmap.width && fit.height === bitmap.height ? "whole" : "cut";
}
