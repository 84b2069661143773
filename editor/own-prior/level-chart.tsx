import { useTranslation } from "react-i18next";
import { Chart } from "../viewers/parts/chart.tsx";
import type { ChartLine } from "../viewers/parts/chart-options.ts";
import type { AnswerTo } from "./prior-checks.ts";

type Levels = AnswerTo<"test">["levels"];

/** PSNR over noise levels: of the answer, of the noisy signal, and of what is won pixel by pixel. */
export function LevelChart({ levels }: { readonly levels: Levels }) {
  const { t } = useTranslation();
  const lines = [
    { name: t("priors.test.answer"), colour: "accent", width: 2.5 },
    { name: t("priors.test.noisy"), colour: "text-soft" },
    { name: t("priors.test.shrunk"), colour: "space-measurement" },
  ] as const satisfies readonly ChartLine[];
  return (
    <Figure title={t("priors.test.psnr")} lines={lines}>
      <Chart
        label={t("priors.test.psnrLabel", {
          levels: levels.map((l) => `σ ${short(l.sigma)}: ${short(l.psnr)} dB`).join("; "),
        })}
        data={[
          levels.map(({ sigma }) => sigma),
          levels.map(({ psnr }) => finite(psnr)),
          levels.map(({ noisyPsnr }) => finite(noisyPsnr)),
          levels.map(({ shrunkPsnr }) => finite(shrunkPsnr)),
        ]}
        lines={lines}
        x="σ"
        y="dB"
        logX
      />
    </Figure>
  );
}

/** The variance of ε̂ beside what an exact denoiser of the same error has. */
export function VarianceChart({ levels }: { readonly levels: Levels }) {
  const { t } = useTranslation();
  const lines = [
    { name: t("priors.test.variance"), colour: "accent", width: 2.5 },
    { name: t("priors.test.exact"), colour: "space-noise" },
  ] as const satisfies readonly ChartLine[];
  return (
    <Figure title={t("priors.test.varianceTitle")} lines={lines}>
      <Chart
        label={t("priors.test.varianceLabel")}
        data={[
          levels.map(({ sigma }) => sigma),
          levels.map(({ epsVariance }) => finite(epsVariance)),
          levels.map(({ expectedEpsVariance }) => finite(expectedEpsVariance)),
        ]}
        lines={lines}
        x="σ"
        y="Var ε̂"
        logX
      />
    </Figure>
  );
}

interface FigureProps {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly children: React.ReactNode;
}

function Figure({ title, lines, children }: FigureProps) {
  return (
    <figure className="own-prior-figure">
      <figcaption>{title}</figcaption>
      <div className="own-prior-chart">{children}</div>
      <ul className="own-prior-legend" aria-hidden>
        {lines.map(({ name, colour }) => (
          <li key={name} style={{ "--line-colour": `var(--${colour})` } as React.CSSProperties}>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const short = (value: number): string => String(Number(value.toPrecision(3)));
