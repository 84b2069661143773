import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRun, useStudio } from "../app/use-studio.ts";
import { HeldStrip } from "../breakpoints/held-strip.tsx";
import { InnerScrubber } from "./inner-scrubber.tsx";
import { waitingKey } from "../run/waiting.ts";
import { Scrubber } from "./scrubber.tsx";
import { hasAxis, stepsOf, zoneShown, type Axis } from "./timeline-model.ts";
import { Transport } from "./transport.tsx";
import { usePlayback } from "./use-playback.ts";
import "./timeline.css";

const Curves = lazy(async () => ({ default: (await import("./curves.tsx")).Curves }));

/** Every step of the run: to scrub through, to play, and with the curves of probed numbers over it. */
export function TimelinePanel() {
  const { t } = useTranslation();
  const { actions } = useStudio().run;
  const state = useRun((run) => run);
  const [wanted, setAxis] = useState<Axis>("step");
  const [speed, setSpeed] = useState(1);
  const zone = zoneShown(state);
  const steps = stepsOf(state, zone);
  const axis = hasAxis(wanted, steps) ? wanted : "step";
  const last = steps.at(-1)?.iteration ?? 0;
  const index = Math.min(state.at?.[0] ?? last, last);
  const move = useCallback(
    (next: number) => actions.scrub([Math.max(0, next)], zone ?? undefined),
    [actions, zone],
  );
  const playback = usePlayback(index, last + 1, { speed, move });
  if (zone === null)
    return <p className="timeline-empty">{t(waitingKey(state) ?? "run.timeline.empty")}</p>;
  const scrub = (next: number) => {
    playback.stop();
    move(Math.min(last, next));
  };
  return (
    <section className="timeline" aria-label={t("run.timeline.label")}>
      <HeldStrip />
      <Transport
        {...{ zone, steps, index, axis, speed, playback, scrub, setAxis, setSpeed }}
        isFollowing={state.at === null}
      />
      <Scrubber {...{ zone, index, scrub }} toggle={playback.toggle} />
      <InnerScrubber zone={zone} index={index} />
      <Suspense fallback={<div className="timeline-curves" />}>
        <Curves {...{ zone, steps, index, axis, scrub }} />
      </Suspense>
    </section>
  );
}
