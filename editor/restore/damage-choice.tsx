import { CloudFog, Grip, Puzzle, Scaling } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Choices } from "./choices.ts";
import { damageKinds } from "./damage.ts";
import { Segments } from "./segments.tsx";
import { Slider } from "./slider.tsx";

const icons = { missing: Puzzle, small: Scaling, blurred: CloudFog, noisy: Grip } as const;

interface Props {
  readonly choices: Choices;
  readonly onChange: (choices: Partial<Choices>) => void;
}

/** What is wrong with the photo. */
export function DamageChoice({ choices, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="restore-group">
      <legend>{t("restore.damage.name")}</legend>
      <div className="restore-damages">
        {damageKinds.map((kind) => {
          const Icon = icons[kind];
          return (
            <label key={kind} className="restore-damage">
              <input
                type="radio"
                name="restore-damage"
                value={kind}
                checked={choices.damage === kind}
                onChange={() => onChange({ damage: kind })}
              />
              <Icon size={18} aria-hidden />
              <span>{t(`restore.damage.${kind}`)}</span>
            </label>
          );
        })}
      </div>
      {choices.damage === "small" && (
        <Segments
          label={t("restore.factor.name")}
          name="restore-factor"
          value={choices.factor}
          options={[2, 4].map((value) => ({ value, text: t("restore.factor.times", { value }) }))}
          onChange={(factor) => onChange({ factor: factor === 2 ? 2 : 4 })}
        />
      )}
      {choices.damage === "blurred" && (
        <Slider
          label={t("restore.blur")}
          value={choices.blurStd}
          min={0.5}
          max={8}
          step={0.1}
          text={t("restore.pixelsExact", { value: choices.blurStd.toFixed(1) })}
          onChange={(blurStd) => onChange({ blurStd })}
        />
      )}
    </fieldset>
  );
}
