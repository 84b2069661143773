import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Formula } from "../inspector/formula.tsx";
import type { Source } from "./convention.ts";
import { isChosen, type Option } from "./options.ts";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

interface Props {
  /** Names its words: `priors.predicts`. */
  readonly question: "predicts" | "process" | "conditioning" | "betas" | "dataTime" | "dataRange";
  readonly options: readonly Option[];
}

/** A question about a network; each answer says what it means in a sentence and a formula. */
export function OptionGroup({ question, options }: Props) {
  const { t } = useTranslation();
  const { set } = useOwnPriorActions();
  const convention = useOwnPrior(({ draft }) => draft.convention);
  const source = useOwnPrior(({ draft }) => draft.sources[question]);
  const name = useId();
  return (
    <fieldset className="own-prior-question">
      <legend>
        {t(`priors.${question}.question`)}
        <SourceTag source={source} />
      </legend>
      <div className="own-prior-options">
        {options.map((option) => (
          <label key={option.id} className="own-prior-option">
            <input
              type="radio"
              name={name}
              checked={isChosen(option, convention)}
              onChange={() => set(option.fields)}
            />
            <span className="own-prior-option-text">
              <span className="own-prior-option-head">
                <b>{t(`priors.${question}.${option.id}.name`)}</b>
                <span className="own-prior-formula" translate="no">
                  <Formula latex={option.formula} />
                </span>
              </span>
              <span className="own-prior-about">{t(`priors.${question}.${option.id}.about`)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Where an answer comes from. */
export function SourceTag({ source }: { readonly source: Source | undefined }) {
  const { t } = useTranslation();
  if (source === undefined || source === "person") return null;
  return (
    <span className="own-prior-source" data-source={source}>
      {t(`priors.source.${source}`)}
    </span>
  );
}
