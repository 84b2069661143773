import { useTranslation } from "react-i18next";
import { useRun } from "../../app/use-studio.ts";
import type { FrameTrack } from "../../run/run-store.ts";
import { stepText } from "../../run/step-text.ts";

/** What is known of the frame that all previews show: its shape and its numbers, without its values. */
export function TrackFacts({ track }: { readonly track: FrameTrack }) {
  const { t } = useTranslation();
  const at = useRun((run) => run.at);
  const frame = frameAt(track, at);
  if (frame === undefined) return null;
  const { shape, min, max, mean, std } = frame.summary;
  const numbers = { min, max, mean, std };
  return (
    <dl className="inspector-facts">
      <dt>{t("inspector.frame.shape")}</dt>
      <dd>
        <code>{shape.join(" × ")}</code>
      </dd>
      {frame.iteration.length > 0 && (
        <>
          <dt>{t("inspector.frame.iteration")}</dt>
          <dd>{stepText(frame.iteration)}</dd>
        </>
      )}
      {Object.entries(numbers).map(([name, value]) => (
        <div className="inspector-fact" key={name}>
          <dt>{t(`inspector.frame.${name}`)}</dt>
          <dd>{Number(value.toPrecision(4))}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The last frame that is not after an iteration; the newest where none is asked for. */
function frameAt(
  { frames }: FrameTrack,
  at: readonly number[] | null,
): FrameTrack["frames"][number] | undefined {
  if (at === null) return frames.at(-1);
  return frames.findLast(({ iteration }) => !isAfter(iteration, at)) ?? frames[0];
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, place) => value !== b[place]);
  return i >= 0 && b[i] !== undefined && (a[i] ?? 0) > (b[i] ?? 0);
}
