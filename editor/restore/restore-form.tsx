import "./restore.css";
import { ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import type { PageLibrary } from "../run/library.ts";
import { damageOf, type Choices, firstChoices } from "./choices.ts";
import { DamageChoice } from "./damage-choice.tsx";
import { factorOf } from "./damage.ts";
import { type Fit, fitPhoto } from "./fit-photo.ts";
import { type Mask, maskOf } from "./mask.ts";
import { MaskTools } from "./mask-tools.tsx";
import { MethodChoice } from "./method-choice.tsx";
import { NoiseChoice } from "./noise-choice.tsx";
import { PhotoChoice, PhotoDrop } from "./photo-drop.tsx";
import type { Photo } from "./photo.ts";
import { stepsOf } from "./restoration.ts";
import { SizeChoice } from "./size-choice.tsx";
import { Stage } from "./stage.tsx";
import { firstTool } from "./tool.ts";
import { useFitted, usePhoto } from "./use-photo.ts";
import { useRestore } from "./use-restore.ts";
import { useSampler } from "./use-sampler.ts";
import { useStrokes } from "./use-strokes.ts";

interface Props {
  readonly library: Pick<PageLibrary, "manifest" | "document">;
}

/** A photo, what is wrong with it, and how it is to be restored. */
export function RestoreForm({ library }: Props) {
  const { t } = useTranslation();
  const { photo, refused, open } = usePhoto();
  return (
    <>
      {refused !== null && (
        <p className="restore-refused restore-refused-photo" role="alert">
          {t(refused.key, refused.values ?? {})}
        </p>
      )}
      {photo === null ? (
        <PhotoDrop onFile={(file) => void open(file)} />
      ) : (
        <Settings
          key={photo.name}
          library={library}
          photo={photo}
          onFile={(file) => void open(file)}
        />
      )}
      {photo === null && <Privacy />}
    </>
  );
}

interface SettingsProps extends Props {
  readonly photo: Photo;
  readonly onFile: (file: File) => void;
}

function Settings({ library, photo, onFile }: SettingsProps) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState(firstChoices);
  const [tool, setTool] = useState(firstTool);
  const [strokes, changeStrokes] = useStrokes();
  const { fit, mask } = useMeasured(photo, choices, strokes.present);
  const pixels = useFitted(photo, fit);
  const sampler = useSampler(library, choices.sampler);
  const change = (some: Partial<Choices>) => setChoices((before) => ({ ...before, ...some }));
  const { restore, problem, lack } = useRestore({ photo, choices, fit, pixels, mask, sampler });
  return (
    <form
      className="restore-form"
      onSubmit={(event) => {
        event.preventDefault();
        void restore();
      }}
      // Enter takes a number; it starts nothing
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target instanceof HTMLInputElement)
          event.preventDefault();
      }}
    >
      <div className="restore-left">
        <div className="restore-frame">
          {pixels !== null && fit !== null && (
            <Stage
              pixels={pixels}
              fit={fit}
              mask={mask}
              tool={tool}
              onStroke={(stroke) => changeStrokes({ do: "add", stroke })}
            />
          )}
        </div>
        <div className="restore-file">
          <span className="restore-file-name" title={photo.name}>
            {photo.name}
          </span>
          <PhotoChoice label={t("restore.drop.other")} onFile={onFile} />
        </div>
      </div>
      <div className="restore-right">
        <DamageChoice choices={choices} onChange={change} />
        {choices.damage === "missing" && fit !== null && (
          <MaskTools
            tool={tool}
            onTool={setTool}
            fit={fit}
            strokes={strokes}
            onStroke={changeStrokes}
          />
        )}
        <NoiseChoice choices={choices} pixels={pixels} onChange={change} />
        <SizeChoice
          choices={choices}
          photo={photo}
          fit={fit}
          factor={factorOf(damageOf(choices))}
          onChange={change}
        />
        <MethodChoice
          choices={choices}
          manifest={library.manifest}
          steps={sampler && stepsOf(sampler)}
          onChange={change}
        />
      </div>
      <Foot problem={problem} lack={lack} />
    </form>
  );
}

interface FootProps {
  /** In words: why it did not start. */
  readonly problem: string | null;
  /** The message of what is to be done first. */
  readonly lack: string | null;
}

function Foot({ problem, lack }: FootProps) {
  const { t } = useTranslation();
  return (
    <div className="restore-foot">
      <Privacy />
      <span className="restore-lack" role="status">
        {problem ?? (lack === null ? "" : t(lack))}
      </span>
      <button type="submit" className="storage-button storage-button-main" disabled={lack !== null}>
        {t("restore.start")}
      </button>
    </div>
  );
}

/** The photo's fit, and what is marked on it where something is missing. */
function useMeasured(photo: Photo, choices: Choices, strokes: Parameters<typeof maskOf>[0]) {
  const { side, square, along } = choices;
  const factor = factorOf(damageOf(choices));
  const { width, height } = photo.bitmap;
  const fit: Fit | null = useMemo(
    () => fitPhoto({ width, height }, { side, square, along, factor }),
    [width, height, side, square, along, factor],
  );
  const isMarked = choices.damage === "missing";
  const mask: Mask | null = useMemo(
    () => (isMarked && fit !== null ? maskOf(strokes, fit) : null),
    [isMarked, fit, strokes],
  );
  return { fit, mask };
}

function Privacy() {
  const { t } = useTranslation();
  const { run } = useStudio();
  const { where } = run.getState();
  return (
    <p className="restore-privacy">
      <ShieldCheck size={15} aria-hidden />
      {t(`restore.privacy.${where}`)}
    </p>
  );
}
