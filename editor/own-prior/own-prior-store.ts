import { createStore, type StoreApi } from "zustand/vanilla";
import { IssueError } from "../../runtime/base/issue.ts";
import type { PriorQuestion } from "../../runtime/protocol/prior-check.ts";
import type { ModelCard, OwnFile } from "../own-files/own-file.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { OwnFilesError } from "../own-files/own-files-error.ts";
import type { RunSettings } from "../run/run-store.ts";
import { cardOf } from "./card-of.ts";
import {
  draftOf,
  emptyDraft,
  isComplete,
  isSameConvention,
  withFields,
  withFit,
  type Convention,
  type Draft,
} from "./convention.ts";
import { givenModel, type Fault, type GivenModel } from "./given-files.ts";
import type { AnswerTo, PriorChecks } from "./prior-checks.ts";

export const steps = ["file", "convention", "test", "keep"] as const;
export type Step = (typeof steps)[number];

/** A question to the studio, and what became of it. */
export type Work<Q extends PriorQuestion> =
  | { readonly is: "none" }
  | { readonly is: "going"; readonly done: number; readonly total: number }
  | { readonly is: "done"; readonly answer: AnswerTo<Q> }
  | { readonly is: "failed"; readonly faults: readonly Fault[] };

export interface OwnPriorState {
  readonly step: Step;
  readonly given: GivenModel | null;
  readonly read: Work<"read">;
  readonly draft: Draft;
  readonly test: Work<"test">;
  /** What `test` tests, or is to. */
  readonly tested: Convention | null;
  readonly rank: Work<"rank">;
  /** What `rank` compares with the others. */
  readonly ranked: Convention | null;
  readonly name: string;
  readonly kept: OwnFile | null;
  readonly keeping: "none" | "going" | Fault;
}

export interface OwnPriorActions {
  /** Begins with the model among some files; a card alone is laid beside the model that is there. */
  take(files: readonly File[]): Promise<void>;
  go(step: Step): void;
  set(fields: Convention): void;
  /** Reads the file again, when it was said which of its tensors is what. */
  read(): Promise<void>;
  test(): Promise<void>;
  rank(): Promise<void>;
  useFit(partial: Convention): Promise<void>;
  /** Gives up what is being computed. */
  stop(): void;
  setName(name: string): void;
  /** Keeps the model with its card; null where that failed. */
  keep(): Promise<OwnFile | null>;
  /** Ends the studio and forgets everything. */
  close(): void;
}

export type OwnPriorStore = StoreApi<OwnPriorState> & { readonly actions: OwnPriorActions };

export interface OwnPriorParts {
  readonly checks: PriorChecks;
  readonly ownFiles: Pick<OwnFiles, "putModel">;
  readonly settings: () => Pick<RunSettings, "where" | "backend">;
}

const none = { is: "none" } as const;
const initial: OwnPriorState = {
  step: "file",
  given: null,
  read: none,
  draft: emptyDraft,
  test: none,
  tested: null,
  rank: none,
  ranked: null,
  name: "",
  kept: null,
  keeping: "none",
};

/** The way of a model from a file to a prior: read, said how it is asked, tested, kept. */
export function createOwnPriorStore(parts: OwnPriorParts): OwnPriorStore {
  const store = createStore<OwnPriorState>(() => initial);
  const wizard = new Wizard(store, parts);
  const actions: OwnPriorActions = {
    take: (files) => wizard.take(files),
    go: (step) => wizard.go(step),
    set: (fields) => wizard.set(fields),
    read: () => wizard.read(),
    test: () => wizard.test(),
    rank: () => wizard.rank(),
    useFit: (partial) => wizard.useFit(partial),
    stop: () => parts.checks.cancel(),
    setName: (name) => store.setState({ name, kept: null }),
    keep: () => wizard.keep(),
    close() {
      parts.checks.close();
      store.setState(initial, true);
    },
  };
  return Object.assign(store, { actions });
}

/** The card of the convention as it is said now; null while there is no model. */
export function cardNow({
  given,
  read,
  draft,
  test,
  tested,
  name,
}: OwnPriorState): ModelCard | null {
  if (given === null || read.is !== "done") return null;
  const { convention } = draft;
  const isOfThis = tested !== null && isSameConvention(tested, convention);
  return cardOf({
    name,
    convention,
    read: read.answer,
    before: given.card,
    test: test.is === "done" && isOfThis ? test.answer : null,
  });
}

class Wizard {
  readonly #store: StoreApi<OwnPriorState>;
  readonly #parts: OwnPriorParts;

  constructor(store: StoreApi<OwnPriorState>, parts: OwnPriorParts) {
    this.#store = store;
    this.#parts = parts;
  }

  async take(files: readonly File[]): Promise<void> {
    const { given: before } = this.#store.getState();
    this.#parts.checks.cancel();
    const { where } = this.#parts.settings();
    const given = await givenModel(files, where, before);
    if ("model" in given) {
      this.#store.setState({ ...initial, given, name: given.model.name.replace(/\.onnx$/iu, "") });
      await this.read();
    } else this.#store.setState({ ...initial, read: { is: "failed", faults: [given] } });
  }

  /** The levels are measured when they are first looked at. */
  go(step: Step): void {
    this.#store.setState({ step });
    const { draft, tested } = this.#store.getState();
    const isTested = tested !== null && isSameConvention(tested, draft.convention);
    if (step === "test" && !isTested && isComplete(draft)) void this.test();
  }

  set(fields: Convention): void {
    const { draft } = this.#store.getState();
    this.#store.setState({ draft: withFields(draft, fields, "person"), kept: null });
  }

  async read(): Promise<void> {
    const said = this.#said();
    const answer = await this.#ask("read", said.convention);
    if (answer === null) return;
    this.#store.setState({ draft: withFields(draftOf(answer), said.convention, "person") });
  }

  async test(): Promise<void> {
    const { convention } = this.#store.getState().draft;
    this.#store.setState({ tested: convention });
    await this.#ask("test", convention);
  }

  async rank(): Promise<void> {
    const { convention } = this.#store.getState().draft;
    this.#store.setState({ ranked: convention });
    await this.#ask("rank", convention);
  }

  async useFit(partial: Convention): Promise<void> {
    this.#store.setState(({ draft }) => ({ draft: withFit(draft, partial), kept: null }));
    await this.test();
  }

  async keep(): Promise<OwnFile | null> {
    const { given, name, kept } = this.#store.getState();
    if (kept !== null) return kept;
    const card = cardNow(this.#store.getState());
    if (given === null || card === null) return null;
    this.#store.setState({ keeping: "going" });
    try {
      const file = await this.#parts.ownFiles.putModel(name, given.model.bytes, card);
      this.#store.setState({ kept: file, keeping: "none" });
      return file;
    } catch (error) {
      if (!(error instanceof OwnFilesError)) throw error;
      this.#store.setState({ keeping: error.words });
      return null;
    }
  }

  /** What the person chose, of all that is known. */
  #said(): Draft {
    const { convention, sources } = this.#store.getState().draft;
    const fields = Object.entries(convention).filter(
      ([field]) => sources[field as keyof Convention] === "person",
    );
    return { convention: Object.fromEntries(fields), sources };
  }

  /** Null where the question failed or was given up. */
  async #ask<Q extends PriorQuestion>(ask: Q, given: Convention): Promise<AnswerTo<Q> | null> {
    const { model } = this.#store.getState().given ?? {};
    if (model === undefined) return null;
    const set = (work: Work<Q>): void =>
      this.#store.setState({ [ask]: work } as unknown as Partial<OwnPriorState>);
    set({ is: "going", done: 0, total: 0 });
    try {
      const { backend } = this.#parts.settings();
      const answer = await this.#parts.checks.ask({
        ask,
        model,
        given,
        backend,
        tick: (done, total) => set({ is: "going", done, total }),
      });
      set({ is: "done", answer });
      return answer;
    } catch (error) {
      if (!(error instanceof IssueError)) throw error;
      const isStopped = error.issues[0]?.code === "run.cancelled";
      set(isStopped ? none : { is: "failed", faults: error.issues });
      if (isStopped && ask === "test") this.#store.setState({ tested: null });
      return null;
    }
  }
}
