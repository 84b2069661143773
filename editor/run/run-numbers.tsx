import { Dices } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useStudio } from "../app/use-studio.ts";
import { setRunNumber } from "../document/edits/run-numbers.ts";
import { largestSeed, mostSamples, uiOf } from "../document/ui.ts";
import { NumberField } from "./number-field.tsx";

/** The seed and the number of samples that the graph is run with. */
export function RunNumbers() {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const seed = useEditor(({ history }) => uiOf(history.present).seed);
  const samples = useEditor(({ history }) => uiOf(history.present).samples) ?? 1;
  const set = (what: "seed" | "samples") => (value: number) =>
    editor.actions.edit(
      { label: { key: `run.edits.${what}`, values: { value } } },
      setRunNumber(what, value),
    );
  return (
    <div className="run-numbers">
      <NumberField
        label={t("run.seed")}
        value={seed}
        min={0}
        max={largestSeed}
        onChange={set("seed")}
      />
      <button
        type="button"
        className="run-button"
        aria-label={t("run.other-seed")}
        title={t("run.other-seed")}
        onClick={() => set("seed")((seed + 1) % largestSeed)}
      >
        <Dices size={15} />
      </button>
      <NumberField
        label={t("run.samples")}
        value={samples}
        min={1}
        max={mostSamples}
        onChange={set("samples")}
      />
    </div>
  );
}
