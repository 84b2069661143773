import { useTranslation } from "react-i18next";
import type { Convention } from "./convention.ts";
import { NumberField } from "./number-field.tsx";
import { OptionGroup } from "./option-group.tsx";
import { conditionings, flowEnds, predictions, processes, ranges, tables } from "./options.ts";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

/** How the network is to be asked; what could be read or guessed is chosen already. */
export function ConventionStep() {
  const { t } = useTranslation();
  const { go, rank } = useOwnPriorActions();
  const convention = useOwnPrior(({ draft }) => draft.convention);
  const guess = () => {
    go("test");
    void rank();
  };
  return (
    <>
      <p className="own-prior-lead">
        {t("priors.convention.about")}{" "}
        <button type="button" className="own-prior-link" onClick={guess}>
          {t("priors.convention.guess")}
        </button>
      </p>
      <OptionGroup question="predicts" options={predictions} />
      <OptionGroup question="process" options={processes} />
      {convention.process === "vp-discrete" && <Table convention={convention} />}
      {convention.process === "flow" && <OptionGroup question="dataTime" options={flowEnds} />}
      <OptionGroup question="conditioning" options={conditionings} />
      <OptionGroup question="dataRange" options={ranges} />
      <Numbers convention={convention} />
    </>
  );
}

/** A table of its own comes from the card and stays until another is chosen. */
function Table({ convention: { betas } }: { readonly convention: Convention }) {
  const { t } = useTranslation();
  return (
    <>
      <OptionGroup question="betas" options={tables} />
      {betas?.kind === "table" && (
        <p className="own-prior-note">{t("priors.betas.own", { count: betas.alphaBars.length })}</p>
      )}
    </>
  );
}

function Numbers({ convention }: { readonly convention: Convention }) {
  const { t } = useTranslation();
  const { process, conditioning, predicts, spatial } = convention;
  const isContinuous = process === "vp-continuous";
  return (
    <fieldset className="own-prior-question">
      <legend>{t("priors.numbers.title")}</legend>
      <div className="own-prior-numbers">
        <NumberField field="channels" whole />
        {spatial === undefined && <NumberField field="multipleOf" whole usual={1} />}
        {conditioning === "time" && (
          <NumberField field="timeScale" usual={isContinuous ? 999 : 1} />
        )}
        {isContinuous && <NumberField field="betaMin" usual={0.1} />}
        {isContinuous && <NumberField field="betaMax" usual={20} />}
        {predicts === "edm" && <NumberField field="sigmaData" usual={0.5} />}
      </div>
      {spatial !== undefined && (
        <p className="own-prior-note">
          {t("priors.numbers.spatial", { size: spatial.join(" × ") })}
        </p>
      )}
    </fieldset>
  );
}
