import { useEffect, useState } from "react";
import { useStudio } from "../../app/use-studio.ts";
import { pointsOf, type Points } from "../data/points.ts";
import type { Shown } from "../parts/use-frame.ts";

/** The particles of the last frames up to the one that is shown, oldest first; none while there is no track. */
export function useTrails(wire: string, shown: Shown | null, length = 12): readonly Points[] {
  const { run } = useStudio();
  const [trails, setTrails] = useState<readonly Points[]>([]);
  const { track = null, index = -1 } = shown ?? {};
  useEffect(() => {
    let isOver = false;
    const fetchAll = async (): Promise<void> => {
      const frames = track?.frames.slice(Math.max(0, index - length + 1), index + 1) ?? [];
      const tensors = await Promise.all(
        frames.map(({ iteration }) => run.actions.frame(wire, iteration)),
      );
      if (!isOver)
        setTrails(tensors.flatMap((tensor) => (tensor === null ? [] : [pointsOf(tensor)])));
    };
    fetchAll().catch(reportError);
    return () => {
      isOver = true;
    };
  }, [run, wire, track, index, length]);
  return trails;
}
