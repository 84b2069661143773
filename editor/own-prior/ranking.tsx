import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asConvention, isSameConvention } from "./convention.ts";
import { Drawing } from "./drawing.tsx";
import { Faults } from "./faults.tsx";
import { Going } from "./going.tsx";
import type { AnswerTo } from "./prior-checks.ts";
import { useOwnPrior, useOwnPriorActions } from "./use-own-prior.ts";

type Fit = AnswerTo<"rank">["fits"][number];

const fewest = 6;

/** All conventions that the network's inputs allow, the one that denoises best first. */
export function Ranking() {
  const { t } = useTranslation();
  const { rank: start } = useOwnPriorActions();
  const rank = useOwnPrior((state) => state.rank);
  return (
    <section className="own-prior-ranking" aria-label={t("ownPrior.rank.title")}>
      <header>
        <h3>{t("ownPrior.rank.title")}</h3>
        <p>{t("ownPrior.rank.about")}</p>
        {rank.is !== "going" && (
          <button type="button" className="storage-button" onClick={() => void start()}>
            {t(rank.is === "done" ? "ownPrior.rank.again" : "ownPrior.rank.start")}
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
  const best = Math.max(...fits.map(({ gainDb }) => gainDb), 1);
  const isChosen = ({ partial }: Fit): boolean =>
    isSameConvention({ ...convention, ...asConvention(partial) }, convention);
  const shown = fits.filter((fit, i) => all || i < fewest || isChosen(fit));
  return (
    <>
      <ol className="own-prior-fits">
        <li className="own-prior-fit own-prior-fit-head">
          <Drawing tensor={clean} label={t("ownPrior.test.clean")} size={48} />
          <Drawing tensor={noisy} label={t("ownPrior.rank.noisy", { sigma })} size={48} />
          <span>{t("ownPrior.rank.of", { sigma, count: fits.length })}</span>
        </li>
        {shown.map((fit) => (
          <FitRow key={fit.text} fit={fit} best={best} chosen={isChosen(fit)} sigma={sigma} />
        ))}
      </ol>
      {!all && shown.length < fits.length && (
        <button type="button" className="own-prior-link" onClick={() => setAll(true)}>
          {t("ownPrior.rank.all", { count: fits.length })}
        </button>
      )}
    </>
  );
}

interface RowProps {
  readonly fit: Fit;
  readonly best: number;
  readonly chosen: boolean;
  readonly sigma: number;
}

function FitRow({ fit, best, chosen, sigma }: RowProps) {
  const { t } = useTranslation();
  const { useFit } = useOwnPriorActions();
  const { text, gainDb, failure, answer, partial } = fit;
  const share = Math.max(0, gainDb / best);
  return (
    <li className="own-prior-fit" data-chosen={chosen} data-wrong={gainDb <= 0}>
      {answer === null ? (
        <span className="own-prior-drawing own-prior-nothing" />
      ) : (
        <Drawing tensor={answer} label={t("ownPrior.rank.drawn", { text, sigma })} size={48} />
      )}
      <span className="own-prior-fit-text" translate="no">
        {text}
        {failure !== undefined && <small>{failure}</small>}
      </span>
      <span className="own-prior-bar" aria-hidden>
        <span style={{ width: `${100 * share}%` }} />
      </span>
      <span className="own-prior-gain" translate="no">
        {failure === undefined ? t("ownPrior.rank.gain", { gain: signed(gainDb) }) : "–"}
      </span>
      {chosen ? (
        <span className="own-prior-chosen">{t("ownPrior.rank.chosen")}</span>
      ) : (
        <button
          type="button"
          className="storage-button"
          aria-label={t("ownPrior.rank.useNamed", { text })}
          onClick={() => void useFit(asConvention(partial))}
        >
          {t("ownPrior.rank.use")}
        </button>
      )}
    </li>
  );
}

const signed = (gain: number): string => `${gain > 0 ? "+" : ""}${gain.toFixed(1)}`;
