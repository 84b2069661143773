import { useEffect, useState } from "react";

interface Playback {
  readonly isPlaying: boolean;
  readonly toggle: () => void;
  readonly stop: () => void;
}

const stepsPerSecond = 12;

/** For those who want little motion. */
const calmStepsPerSecond = 2;

/** Moves on by itself, from the beginning where it stands at the end, until it has come there. */
export function usePlayback(
  index: number,
  count: number,
  { speed, move }: { readonly speed: number; readonly move: (index: number) => void },
): Playback {
  const [isPlaying, setPlaying] = useState(false);
  const isAtEnd = index >= count - 1;
  useEffect(() => {
    if (!isPlaying) return;
    if (isAtEnd) {
      setPlaying(false);
      return;
    }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const rate = (calm ? calmStepsPerSecond : stepsPerSecond) * speed;
    // Faster than the page paints, several steps at once.
    const stride = Math.max(1, Math.round(rate / 60));
    const timer = setTimeout(
      () => move(Math.min(count - 1, index + stride)),
      (1000 * stride) / rate,
    );
    return () => clearTimeout(timer);
  }, [isPlaying, isAtEnd, index, count, speed, move]);
  return {
    isPlaying,
    stop: () => setPlaying(false),
    toggle: () => {
      if (!isPlaying && isAtEnd) move(0);
      setPlaying(!isPlaying);
    },
  };
}
