import { Dices } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useRun, useStudio } from "../app/use-studio.ts";
import { NumberField } from "./number-field.tsx";
import { samplesOf } from "./run-request.ts";

const largestSeed = 2 ** 32 - 1;
const mostSamples = 100_000;

/** The seed and the number of samples of the next run. */
export function RunNumbers() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const seed = useRun((state) => state.seed);
  const asked = useRun((state) => state.samples);
  const document = useEditor(({ history }) => history.present);
  const samples = samplesOf(document, { samples: asked }) ?? 1;
  const { setSeed, setSamples } = run.actions;
  return (
    <div className="run-numbers">
      <NumberField
        label={t("run.seed")}
        value={seed}
        min={0}
        max={largestSeed}
        onChange={setSeed}
      />
      <button
        type="button"
        className="run-button"
        aria-label={t("run.other-seed")}
        title={t("run.other-seed")}
        onClick={() => setSeed((seed + 1) % largestSeed)}
      >
        <Dices size={15} />
      </button>
      <NumberField
        label={t("run.samples")}
        value={samples}
        min={1}
        max={mostSamples}
        onChange={setSamples}
      />
    </div>
  );
}
