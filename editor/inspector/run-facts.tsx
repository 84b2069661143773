import { useTranslation } from "react-i18next";
import { useRun } from "../app/use-studio.ts";
import { uiNameOf, type Key } from "../document/keys.ts";

/** What the last run says of a thing: how far a zone has come, whether what is shown is of this document. */
export function RunFacts({ thing }: { readonly thing: Key }) {
  const { t } = useTranslation();
  const name = uiNameOf(thing);
  const progress = useRun(({ zones }) => zones[name]);
  const phase = useRun((run) => run.phase);
  const stale = useRun((run) => run.stale);
  const staleWhy = useRun((run) => run.staleWhy);
  const hasFrames = useRun(({ tracks }) =>
    Object.keys(tracks).some((wire) => wire.startsWith(`${name}.`) || wire.startsWith(`${name}/`)),
  );
  if (phase === "idle" || (progress === undefined && !hasFrames && !stale)) return null;
  return (
    <p className="inspector-run" data-stale={stale}>
      {progress !== undefined && (
        <span>
          {t("inspector.run.iteration", { done: progress.iteration, count: progress.count })}
        </span>
      )}
      {stale && (
        <span>
          {t("inspector.run.stale")}
          {staleWhy !== null && ` ${t(staleWhy.key, { ...staleWhy.values })}`}
        </span>
      )}
      {!stale && hasFrames && (
        <span>{t(phase === "done" ? "inspector.run.fresh" : "inspector.run.running")}</span>
      )}
    </p>
  );
}
