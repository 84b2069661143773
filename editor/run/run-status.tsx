import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import { noticeOf } from "./notice.ts";
import type { Loading, RunState as State } from "./run-store.ts";
import { firstSentence } from "./first-sentence.ts";
import { duration, fileSize } from "./units.ts";

/** How far the run has come: a bar and a few words. */
export function RunState() {
  const { t } = useTranslation();
  const phase = useRun((state) => state.phase);
  const stale = useRun((state) => state.stale);
  const isCutOff = useRun((state) => noticeOf(state)?.is === "lost");
  const share = useRun(shareOf);
  const words = useRun((state) => wordsOf(state, t));
  const why = useRun(whyFailed);
  const changed = useRun(({ staleWhy }) =>
    staleWhy === null ? undefined : t(staleWhy.key, staleWhy.values ?? {}),
  );
  const label = t(`run.phase.${phase}`);
  return (
    <div className="run-status" data-phase={phase} data-stale={stale} title={changed}>
      <div
        className="run-progress"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${label}. ${why ?? words}`}
        {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
      >
        <span style={{ inlineSize: `${(share ?? 0) * 100}%` }} />
      </div>
      <span className="run-words">
        {isCutOff ? (
          <em>{t("run.notice.cut-off")}</em>
        ) : stale ? (
          <em>{t("run.stale.short")}</em>
        ) : (
          <strong>{label}</strong>
        )}
        {why !== null ? <Why why={why} /> : <span title={words}>{words}</span>}
      </span>
    </div>
  );
}

/** The first sentence of what went wrong; a press lists all of it. */
function Why({ why }: { readonly why: string }) {
  const { t } = useTranslation();
  const { view } = useStudio();
  return (
    <button
      type="button"
      className="run-why"
      title={why}
      aria-label={t("run.why", { why })}
      onClick={() => view.setState({ bottom: "problems", dialog: null })}
    >
      {firstSentence(why)}
    </button>
  );
}

/** Null where nothing failed, or the graph is another by now. */
function whyFailed({ phase, stale, issues }: State): string | null {
  const [issue] = phase === "failed" && !stale ? issues : [];
  return issue === undefined ? null : `${issue.message} ${issue.fix ?? ""}`.trim();
}

/** Of all iterations of zones that have begun; while a file comes, of it. */
function shareOf({ phase, loading, zones }: State): number | null {
  if (loading !== null && loading.total !== null) return loading.bytes / loading.total;
  if (phase === "done") return 1;
  const all = Object.values(zones);
  const count = all.reduce((sum, zone) => sum + zone.count, 0);
  return count === 0 ? null : all.reduce((sum, zone) => sum + zone.iteration, 0) / count;
}

/** What matters most stands first: there may not be room for all. */
function wordsOf(state: State, t: TFunction): string {
  if (state.loading !== null) return loadingWords(state.loading, t);
  const { zones, nfe, phase, kept } = state;
  const going = Object.values(zones).findLast(({ iteration }) => iteration > 0);
  if (going === undefined) return "";
  return [
    t("run.step-of", { iteration: going.iteration, count: going.count }),
    kept.length > 0 ? t("run.kept") : "",
    phase === "done" ? duration(timeOf(state)) : "",
    phase === "running" ? leftWords(state, t) : "",
    nfe > 0 ? t("run.nfe", { count: nfe }) : "",
    phase === "running" ? speedWords(state, t) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function loadingWords({ file, bytes, total }: Loading, t: TFunction): string {
  if (total === null) return t("run.loading", { file, bytes: fileSize(bytes) });
  return t("run.loading-of", { file, bytes: fileSize(bytes), total: fileSize(total) });
}

/** Shorter waits need no words. */
const worthTelling = 2000;

function leftWords({ remainingMs }: State, t: TFunction): string {
  const isLong = remainingMs !== null && remainingMs > worthTelling;
  return isLong ? t("run.remaining", { time: duration(remainingMs) }) : "";
}

function speedWords({ nfe, elapsedMs }: State, t: TFunction): string {
  const speed = nfe / (elapsedMs / 1000);
  return nfe > 0 && elapsedMs > 0
    ? t("run.speed", { speed: String(Number(speed.toPrecision(2))) })
    : "";
}

/** Until the end of the last step, as the timeline counts it; of all where there are no steps. */
const timeOf = ({ steps, elapsedMs }: Pick<State, "steps" | "elapsedMs">): number =>
  steps.at(-1)?.ms ?? elapsedMs;
