import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asConvention, isSameConvention } from "./convention.ts";
import { Drawing } from "./drawing.tsx";
import { Faults } from "./faults.tsx";
import { Going } from "./going.tsx";
import type { AnswerTo } from "./prior-checks.ts";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

type Fit = AnswerTo<"rank">["fits"][number];

/** Three rows; the worst of them are wrong enough to be seen. */
const fewest = 18;

/** All conventions that the network's inputs allow, the one that denoises best first. */
export function Ranking() {
  const { t } = useTranslation();
  const { rank: start } = useOwnPriorActions();
  const rank = useOwnPrior((state) => state.rank);
  return (
    <section className="own-prior-ranking" aria-label={t("priors.rank.title")}>
      <header>
        <h3>{t("priors.rank.title")}</h3>
        <p>{t("priors.rank.about")}</p>
        {rank.is !== "going" && (
          <button type="button" className="storage-button" onClick={() => void start()}>
            {t(rank.is === "done" ? "priors.rank.again" : "priors.rank.start")}
          </button>
        )}
      </header>
      <Going ask="rank" work={rank} />
      {rank.is === "failed" && <Faults faults={rank.faults} />}
      {rank.is === "done" && <Fits answer={rank.answer} />}
    </section>
  );
}

function Fits({ answer }: { readonly answer: AnswerTo<"rank"> }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const convention = useOwnPrior(({ draft }) => draft.convention);
  const { fits, clean, noisy, sigma } = answer;
  const isChosen = ({ partial }: Fit): boolean =>
    isSameConvention({ ...convention, ...asConvention(partial) }, convention);
  const shown = fits.filter((fit, i) => all || i < fewest || isChosen(fit));
  return (
    <>
      <div className="own-prior-given">
        <Drawing tensor={clean} label={t("priors.test.clean")} size={56} />
        <Drawing tensor={noisy} label={t("priors.rank.noisy", { sigma })} size={56} />
        <span>{t("priors.rank.of", { sigma, count: fits.length })}</span>
      </div>
      <ol className="own-prior-fits">
        {shown.map((fit) => (
          <FitTile
            key={fit.text}
            fit={fit}
            chosen={isChosen(fit)}
            sigma={sigma}
            best={fits[0]?.gainDb ?? 0}
          />
        ))}
      </ol>
      {shown.length < fits.length && (
        <p className="own-prior-lead">
          <button type="button" className="own-prior-link" onClick={() => setAll(true)}>
            {t("priors.rank.all", { count: fits.length })}
          </button>
        </p>
      )}
    </>
  );
}

interface TileProps {
  readonly fit: Fit;
  readonly chosen: boolean;
  readonly sigma: number;
  readonly best: number;
}

/** What a convention makes of the noisy signal; pressed, it is the convention. */
function FitTile({ fit, chosen, sigma, best }: TileProps) {
  const { t } = useTranslation();
  const { useFit } = useOwnPriorActions();
  const { text, gainDb, failure, answer, partial } = fit;
  return (
    <li>
      <button
        type="button"
        className="own-prior-fit"
        aria-pressed={chosen}
        title={failure}
        onClick={() => void useFit(asConvention(partial))}
      >
        {answer === null ? (
          <span className="own-prior-drawing own-prior-nothing" />
        ) : (
          <Drawing tensor={answer} label={t("priors.rank.drawn", { text, sigma })} size={96} />
        )}
        <span className="own-prior-gain" data-fit={qualityOf(gainDb, best)} translate="no">
          {failure === undefined
            ? t("priors.rank.gain", { gain: signed(gainDb) })
            : t("priors.rank.failed")}
        </span>
        <span className="own-prior-fit-text" translate="no">
          {text}
        </span>
        {chosen && <span className="own-prior-chosen">{t("priors.rank.chosen")}</span>}
      </button>
    </li>
  );
}

/** As good as the best to the eye, better than the noisy signal, or worse. */
const qualityOf = (gain: number, best: number): "best" | "worse" | "wrong" =>
  gain <= 0 ? "wrong" : best - gain < 1 ? "best" : "worse";

const signed = (gain: number): string => `${gain > 0 ? "+" : ""}${gain.toFixed(1)}`;
