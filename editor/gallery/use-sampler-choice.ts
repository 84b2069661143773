import { useEffect, useMemo, useState } from "react";
import { useOwnFilesState } from "../own-files/use-own-files.ts";
import { modelStem } from "../own-files/own-file.ts";
import type { Message } from "../document/history.ts";
import type { PageLibrary } from "../run/library.ts";
import { entriesOf, type GalleryEntry } from "./gallery-entry.ts";
import { pixelsOf, priorShapeOf, whyUnfit, type PriorShape } from "./prior-fit.ts";
import { samplerRequest } from "./sampler-request.ts";

/** A model that may be the prior of a new sampler. */
export interface PriorOffer {
  readonly name: string;
  readonly title: string;
  readonly bytes: number;
  readonly isOwn: boolean;
  /** Why it does not fit the task that is chosen. */
  readonly unfit: Message | null;
}

interface SamplerChoices {
  /** Small ones first. */
  readonly tasks: readonly GalleryEntry[];
  readonly task: GalleryEntry | null;
  /** Those that fit first. */
  readonly priors: readonly PriorOffer[];
  /** The one that was chosen, as long as it fits; else that of the task, or the first that fits. */
  readonly prior: PriorOffer | null;
  readonly chooseTask: (name: string) => void;
  readonly choosePrior: (name: string) => void;
}

/** Tasks and the priors that fit them; something that runs is chosen from the start. */
export function useSamplerChoice({ manifest }: Pick<PageLibrary, "manifest">): SamplerChoices {
  const own = useOwnFilesState(({ files }) => files);
  const tasks = useMemo(
    () =>
      entriesOf(manifest)
        .filter(({ shelf }) => shelf === "tasks")
        .toSorted((a, b) => pixelsOf(a.signal) - pixelsOf(b.signal)),
    [manifest],
  );
  const models = useMemo(
    () => [
      ...manifest.models.map((model) => ({ ...model, isOwn: false })),
      ...(own ?? [])
        .filter(({ kind }) => kind === "model")
        .map(({ name, size, card }) => ({
          name,
          title: modelStem(name),
          bytes: size,
          isOwn: true,
          takes: priorShapeOf(card),
        })),
    ],
    [manifest, own],
  );
  const [taskName, chooseTask] = useState<string | null>(null);
  const [priorName, choosePrior] = useState(() => samplerRequest.getState().prior);
  useEffect(() => samplerRequest.setState({ prior: null }), []);
  const wanted = models.find(({ name }) => name === priorName)?.takes ?? null;
  const task =
    tasks.find(({ name }) => name === taskName) ??
    tasks.find(({ signal }) => whyUnfit(signal, wanted) === null) ??
    tasks[0] ??
    null;
  const priors = useMemo(() => offersFor(models, task), [models, task]);
  const fitting = priors.filter(({ unfit }) => unfit === null);
  const named = (name: string | null) => fitting.find((prior) => prior.name === name);
  const prior = named(priorName) ?? named(task?.model ?? null) ?? fitting[0] ?? null;
  return { tasks, task, priors, prior, chooseTask, choosePrior };
}

type Model = Omit<PriorOffer, "unfit"> & { readonly takes: PriorShape | null };

const offersFor = (models: readonly Model[], task: GalleryEntry | null): readonly PriorOffer[] =>
  models
    .map(({ takes, ...model }) => ({ ...model, unfit: whyUnfit(task?.signal ?? null, takes) }))
    .toSorted((a, b) => Number(a.unfit !== null) - Number(b.unfit !== null));
