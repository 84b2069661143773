import { useTranslation } from "react-i18next";
import { useOwnFilesState } from "../own-files/use-own-files.ts";
import { NumberField } from "../run/number-field.tsx";
import type { LibraryManifest } from "../run/library-manifest.ts";
import type { Choices } from "./choices.ts";
import { restoringSamplers } from "./samplers.ts";

interface Props {
  readonly choices: Choices;
  readonly manifest: LibraryManifest;
  /** The steps of the sampler's own schedule; null while they are not known. */
  readonly steps: number | null;
  readonly onChange: (choices: Partial<Choices>) => void;
}

const mostSteps = 1000;
const photoPrior = "photo64";

/** The sampler, how many steps it takes, and the prior. */
export function MethodChoice({ choices, manifest, steps, onChange }: Props) {
  const { t } = useTranslation();
  const files = useOwnFilesState((state) => state.files) ?? [];
  const models = [photoPrior, ...files.filter(({ kind }) => kind === "model").map((f) => f.name)];
  return (
    <details className="restore-details">
      <summary>{t("restore.method.name")}</summary>
      <label className="restore-row">
        <span>{t("restore.method.sampler")}</span>
        <select
          value={choices.sampler}
          onChange={({ target }) => onChange({ sampler: target.value, steps: null })}
        >
          {restoringSamplers.map(({ name }) => (
            <option key={name} value={name}>
              {samplerTitle(manifest, name)}
            </option>
          ))}
        </select>
      </label>
      <p className="restore-soft">
        {manifest.samplers.find(({ name }) => name === choices.sampler)?.summary}
      </p>
      <div className="restore-row">
        <NumberField
          label={t("restore.method.steps")}
          value={choices.steps ?? steps ?? 1}
          min={2}
          max={mostSteps}
          onChange={(next) => onChange({ steps: next })}
        />
      </div>
      {models.length > 1 && (
        <label className="restore-row">
          <span>{t("restore.method.prior")}</span>
          <select
            value={choices.model}
            onChange={({ target }) => onChange({ model: target.value })}
          >
            {models.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </details>
  );
}

const samplerTitle = ({ samplers }: LibraryManifest, name: string): string =>
  samplers.find((each) => each.name === name)?.title ?? name;
