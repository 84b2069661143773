import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../data/format-number.ts";
import { floatsOf } from "../data/floats.ts";
import { endsOf } from "../data/stats.ts";
import { statsOfFrame } from "../data/frame-stats.ts";
import { stepText } from "../../run/step-text.ts";
import type { Shown } from "./use-frame.ts";

/** Shape, extremes, mean and deviation of a frame, where it stands, and what in it is no number. */
export function FrameFacts({ shown: { frame, track, index } }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const stats = useMemo(() => statsOfFrame(frame, track, index), [frame, track, index]);
  // the finite values say nothing where there are none
  const ends = useMemo(
    () => (stats.finite === 0 ? endsOf(floatsOf(frame)) : stats),
    [stats, frame],
  );
  const iteration = track?.frames[index]?.iteration;
  const facts = [
    [t("viewers.stats.min"), ends.min],
    [t("viewers.stats.max"), ends.max],
    [t("viewers.stats.mean"), stats.mean],
    [t("viewers.stats.std"), stats.std],
  ] as const;
  return (
    <div className="viewers-facts-row">
      {stats.nan + stats.infinite > 0 && (
        <span className="viewers-bad" role="status">
          {t("viewers.notFinite", { nan: stats.nan, infinite: stats.infinite })}
        </span>
      )}
      <span translate="no" title={t("viewers.stats.shape")}>
        {frame.shape.length === 0 ? "·" : frame.shape.join(" × ")}
      </span>
      {facts.map(([name, value]) => (
        <span key={name} title={name}>
          <i>{name}</i>{" "}
          <span translate="no">{Number.isNaN(value) ? "–" : formatNumber(value, 3)}</span>
        </span>
      ))}
      {iteration !== undefined && iteration.length > 0 && (
        <span className="viewers-iteration" title={t("viewers.stats.iteration")}>
          {t("viewers.stats.step", { step: stepText(iteration) })}
        </span>
      )}
    </div>
  );
}
