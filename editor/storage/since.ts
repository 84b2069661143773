import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const steps = [
  [60_000, 1000, "second"],
  [3_600_000, 60_000, "minute"],
  [86_400_000, 3_600_000, "hour"],
  [Infinity, 86_400_000, "day"],
] as const;

/** How long ago something was, in the reader's language: "2 seconds ago". Follows the clock. */
export function useSince(at: number): string {
  const { i18n } = useTranslation();
  const now = useClock(at);
  return sinceIn(i18n.language, Math.max(0, now - at));
}

export function sinceIn(language: string, elapsedMs: number): string {
  const [, unitMs, unit] = steps.find(([below]) => elapsedMs < below) ?? steps[3];
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return words.format(-Math.floor(elapsedMs / unitMs), unit);
}

/** The time, renewed as often as it is told in other words. */
function useClock(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const elapsed = Date.now() - at;
    const every = elapsed < 60_000 ? 1000 : 30_000;
    const timer = setTimeout(() => setNow(Date.now()), every);
    return () => clearTimeout(timer);
  }, [at, now]);
  return Math.max(now, at);
}
