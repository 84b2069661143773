import { useTranslation } from "react-i18next";
import { Drawing } from "./drawing.tsx";
import type { AnswerTo } from "./prior-checks.ts";

/** One of the pictures: clean, and at a few levels with the noise on and off again. */
export function Samples({ answer: { clean, samples } }: { readonly answer: AnswerTo<"test"> }) {
  const { t } = useTranslation();
  return (
    <table className="own-prior-samples">
      <thead>
        <tr>
          <td />
          <th scope="col">{t("priors.test.clean")}</th>
          {samples.map(({ sigma }) => (
            <th key={sigma} scope="col" translate="no">
              σ {Number(sigma.toPrecision(3))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(["noisy", "answer"] as const).map((row) => (
          <tr key={row}>
            <th scope="row">{t(`priors.test.row.${row}`)}</th>
            {row === "noisy" && (
              <td rowSpan={2}>
                <Drawing tensor={clean} label={t("priors.test.clean")} size={112} />
              </td>
            )}
            {samples.map((sample) => (
              <td key={sample.sigma}>
                <Drawing
                  tensor={sample[row]}
                  label={t("priors.test.drawn", {
                    what: t(`priors.test.row.${row}`),
                    sigma: Number(sample.sigma.toPrecision(3)),
                  })}
                  size={112}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
