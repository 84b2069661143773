import { useEffect } from "react";
import { useAnalysis, useRun, useStudio } from "../app/use-studio.ts";
import { goTo } from "../inspector/go-to.ts";
import { heldBy, keyOfPlace, nameOfPlace, type Held } from "./places.ts";

/** What held the run that stands still; null where no breakpoint did. */
export function useHeld(): Held | null {
  const document = useAnalysis((analysis) => analysis.document);
  const pausedBy = useRun((run) => run.pausedBy);
  const steps = useRun((run) => run.steps);
  return heldBy({ pausedBy, steps }, document);
}

/** Goes where a breakpoint was hit and says so, as soon as it is; shows nothing itself. */
export function ShowHits(): null {
  const studio = useStudio();
  useEffect(
    () =>
      studio.run.subscribe((now, before) => {
        if (now.pausedBy === before.pausedBy) return;
        const held = heldBy(now, studio.editor.getState().history.present);
        if (held !== null) show(studio, held);
      }),
    [studio],
  );
  return null;
}

function show(studio: ReturnType<typeof useStudio>, { place, iteration }: Held): void {
  const key = keyOfPlace(studio.editor.getState().history.present, place);
  if (key !== null) goTo(studio, key);
  // The newest is where it stands; only an inner iteration has to be gone to.
  const zone = place.zone ?? place.wire?.split("/")[0];
  if (iteration.length > 1) studio.run.actions.scrub(iteration, zone);
  const values = { name: nameOfPlace(place), step: (iteration[0] ?? 0) + 1 };
  studio.announce({ key: "breakpoints.hit", values });
}
