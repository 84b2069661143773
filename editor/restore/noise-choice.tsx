import { Wand2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Choices, knowsNoise } from "./choices.ts";
import { estimateNoise } from "./estimate-noise.ts";
import { Slider } from "./slider.tsx";

interface Props {
  readonly choices: Choices;
  readonly pixels: ImageData | null;
  readonly onChange: (choices: Partial<Choices>) => void;
}

const noise = { min: 0.005, max: 0.5, step: 0.005 } as const;
/** Grey levels of a picture of 8 bits, to one of [-1, 1]. */
const levels = 127.5;

/** How noisy the photo is: assumed, or estimated from it. */
export function NoiseChoice({ choices, pixels, onChange }: Props) {
  const { t } = useTranslation();
  if (!knowsNoise(choices)) return <p className="restore-soft">{t("restore.noise.unasked")}</p>;
  const { noiseStd } = choices;
  const estimate = (): void => {
    if (pixels === null) return;
    const found = estimateNoise(pixels.data, pixels.width);
    const stepped = Math.round(found / noise.step) * noise.step;
    onChange({ noiseStd: Math.min(noise.max, Math.max(noise.min, stepped)) });
  };
  return (
    <div className="restore-group">
      <Slider
        label={t("restore.noise.name")}
        value={noiseStd}
        {...noise}
        text={t("restore.noise.value", {
          std: noiseStd.toFixed(3),
          levels: (noiseStd * levels).toFixed(noiseStd * levels < 10 ? 1 : 0),
        })}
        onChange={(next) => onChange({ noiseStd: next })}
      />
      <button type="button" className="restore-link" disabled={pixels === null} onClick={estimate}>
        <Wand2 size={13} aria-hidden />
        {t("restore.noise.estimate")}
      </button>
    </div>
  );
}
