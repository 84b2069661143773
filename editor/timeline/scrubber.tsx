import { useTranslation } from "react-i18next";
import { useEditor, useRun } from "../app/use-studio.ts";
import { uiOf } from "../document/ui.ts";
import { marksOf, type Mark } from "./marks.ts";

interface Props {
  readonly zone: string;
  readonly index: number;
  readonly scrub: (index: number) => void;
  readonly toggle: () => void;
}

/** The steps of the outermost zone: those that are done can be gone to; arrows, Home, End and Space work. */
export function Scrubber({ zone, index, scrub, toggle }: Props) {
  const { t } = useTranslation();
  const count = useRun(({ zones }) => zones[zone]?.count ?? 1);
  const done = useRun(({ zones }) => zones[zone]?.iteration ?? 0);
  const state = useRun((run) => run);
  const breakpoints = useEditor(({ history }) => uiOf(history.present).breakpoints);
  const most = Math.max(1, count - 1);
  const share = (iteration: number) => `${(100 * Math.min(iteration, most)) / most}%`;
  return (
    <div className="timeline-scrubber">
      <div className="timeline-track" aria-hidden>
        <span className="timeline-done" style={{ inlineSize: share(done - 1) }} />
        <span className="timeline-seen" style={{ inlineSize: share(index) }} />
        {(state.keyframes[zone] ?? []).map((iteration) => (
          <span
            key={iteration}
            className="timeline-keyframe"
            style={{ insetInlineStart: share(iteration) }}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={most}
        value={index}
        aria-label={t("run.timeline.outer", { zone })}
        aria-valuetext={t("run.timeline.at", { step: index + 1, count })}
        onChange={({ target }) => scrub(Number(target.value))}
        onKeyDown={(event) => {
          if (event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          toggle();
        }}
      />
      {marksOf(state, zone, breakpoints).map((mark) => (
        <MarkDot
          key={`${mark.kind} ${mark.iteration} ${mark.name}`}
          mark={mark}
          left={share(mark.iteration)}
        />
      ))}
    </div>
  );
}

function MarkDot({ mark, left }: { readonly mark: Mark; readonly left: string }) {
  const { t } = useTranslation();
  const { kind, iteration } = mark;
  const name = t(`run.timeline.marks.${kind}`, { name: mark.name, step: iteration + 1 });
  return (
    <span
      className="timeline-mark"
      data-kind={kind}
      style={{ insetInlineStart: left }}
      role="img"
      aria-label={name}
      title={name}
    />
  );
}
