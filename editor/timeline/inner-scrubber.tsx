import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import { innerPlaces } from "./timeline-model.ts";

/** The iterations of zones inside the step, where probes recorded them. */
export function InnerScrubber({ zone, index }: { readonly zone: string; readonly index: number }) {
  const { t } = useTranslation();
  const { actions } = useStudio().run;
  const state = useRun((run) => run);
  const places = innerPlaces(state, zone, index);
  if (places.length === 0) return null;
  const wanted = state.at?.join();
  const found = places.findIndex((place) => place.join() === wanted);
  const at = found < 0 ? places.length - 1 : found;
  const words = (places[at] ?? []).slice(1).map((k) => k + 1);
  return (
    <label className="timeline-inner">
      <span>{t("run.timeline.inner")}</span>
      <input
        type="range"
        min={0}
        max={places.length - 1}
        value={at}
        aria-valuetext={words.join(", ")}
        onChange={({ target }) => actions.scrub(places[Number(target.value)] ?? [index], zone)}
      />
      <output>{words.join(" · ")}</output>
    </label>
  );
}
