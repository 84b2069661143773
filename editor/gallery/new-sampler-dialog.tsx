import "./gallery.css";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { Document } from "../../runtime/graph/document.ts";
import type { PageLibrary } from "../run/library.ts";
import { useStorage } from "../storage/use-storage.ts";
import { moveInGrid } from "./arrow-keys.ts";
import type { GalleryEntry } from "./gallery-entry.ts";
import { GraphCard } from "./graph-card.tsx";
import { OwnPriorCard } from "./own-prior-card.tsx";
import { PriorCard } from "./prior-card.tsx";
import { useSamplerChoice } from "./use-sampler-choice.ts";

/** What a new sampler begins from. */
export interface SamplerChoice {
  readonly name: string;
  /** A shipped task, by name. */
  readonly task: string;
  /** A shipped model, by name. */
  readonly model: string;
}

interface Props {
  readonly library: Pick<PageLibrary, "manifest" | "urlOf">;
  /** A document with the right slots and an empty zone. */
  readonly skeleton: (choice: SamplerChoice) => Document;
}

/** A task and a prior, of which a new sampler begins: inputs, a loop over the levels, and nothing in it yet. */
export function NewSamplerDialog(props: Props) {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "new-sampler");
  return (
    <DialogFrame
      name="new-sampler"
      title={t("gallery.newSampler.title")}
      description={t("gallery.newSampler.about")}
    >
      {open && <Choices {...props} />}
    </DialogFrame>
  );
}

function Choices({ library, skeleton }: Props) {
  const { t } = useTranslation();
  const { view } = useStudio();
  const { actions } = useStorage();
  const { tasks, task, priors, prior, chooseTask, choosePrior } = useSamplerChoice(library);
  const tagsOf = useTags();
  const [name, setName] = useState("");
  const create = async () => {
    if (task === null || prior === null) return;
    const called = name.trim() === "" ? t("gallery.newSampler.unnamed") : name.trim();
    view.setState({ dialog: null });
    await actions.openNew(skeleton({ name: called, task: task.name, model: prior.name }));
  };
  return (
    <form
      className="gallery-new"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div className="gallery-choices">
        <Choice title={t("gallery.newSampler.task")}>
          {tasks.map((entry) => (
            <GraphCard
              key={entry.name}
              entry={entry}
              pictureUrl={entry.picture && library.urlOf(entry.picture).href}
              chosen={entry === task}
              onChoose={() => chooseTask(entry.name)}
              tags={tagsOf(entry)}
            />
          ))}
        </Choice>
        <Choice title={t("gallery.newSampler.prior")}>
          {priors.map((each) => (
            <PriorCard
              key={each.name}
              title={each.title}
              about={
                each.isOwn
                  ? t("gallery.newSampler.own")
                  : t("gallery.newSampler.size", { size: (each.bytes / 2 ** 20).toFixed(1) })
              }
              unfit={each.unfit}
              chosen={each === prior}
              onChoose={() => choosePrior(each.name)}
            />
          ))}
          <OwnPriorCard />
        </Choice>
      </div>
      <div className="gallery-foot">
        <label>
          {t("gallery.newSampler.name")}
          <input
            value={name}
            maxLength={200}
            placeholder={t("gallery.newSampler.unnamed")}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        {prior === null && <p className="gallery-lack">{t("gallery.newSampler.noneFits")}</p>}
        <button
          type="submit"
          className="storage-button storage-button-main"
          disabled={prior === null}
        >
          {t("gallery.newSampler.create")}
        </button>
      </div>
    </form>
  );
}

/** How large the signal of a task is. */
function useTags(): (entry: GalleryEntry) => readonly string[] {
  const { t } = useTranslation();
  return ({ signal }) => {
    if (signal === null) return [];
    const [height = 0, width] = signal.size;
    return [
      width === undefined
        ? t("gallery.newSampler.samples", { count: height })
        : t("gallery.newSampler.pixels", { height, width }),
      t("gallery.newSampler.channels", { count: signal.channels }),
    ];
  };
}

function Choice({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="gallery-choice" aria-label={title}>
      <h3>{title}</h3>
      <ul
        className="gallery-grid"
        onKeyDown={(event) => {
          if (moveInGrid(event.currentTarget, event.key)) event.preventDefault();
        }}
      >
        {children}
      </ul>
    </section>
  );
}
