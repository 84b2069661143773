import { useId } from "react";
import { useTranslation } from "react-i18next";
import { SourceTag } from "./option-group.tsx";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

interface Props {
  readonly field: "channels" | "multipleOf" | "timeScale" | "betaMin" | "betaMax" | "sigmaData";
  readonly whole?: boolean;
  /** What holds where nothing is said. */
  readonly usual?: number;
}

/** A positive number of the convention; an empty field leaves it open. */
export function NumberField({ field, whole = false, usual }: Props) {
  const { t } = useTranslation();
  const { set } = useOwnPriorActions();
  const value = useOwnPrior(({ draft }) => draft.convention[field]);
  const source = useOwnPrior(({ draft }) => draft.sources[field]);
  const about = useId();
  return (
    <label className="own-prior-number">
      <span>
        {t(`priors.numbers.${field}.name`)}
        <SourceTag source={source} />
      </span>
      <input
        type="number"
        min={whole ? 1 : 0}
        step={whole ? 1 : "any"}
        defaultValue={value ?? ""}
        placeholder={usual === undefined ? "" : String(usual)}
        aria-describedby={about}
        onChange={({ target }) => {
          const next = target.valueAsNumber;
          if (target.value === "") set({ [field]: undefined });
          else if (next > 0 && (!whole || Number.isInteger(next))) set({ [field]: next });
        }}
      />
      <small id={about}>{t(`priors.numbers.${field}.about`)}</small>
    </label>
  );
}
