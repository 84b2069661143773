import {
  ChevronFirst,
  ChevronLast,
  CircleDot,
  GitBranch,
  Pause,
  Play,
  StepBack,
  StepForward,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useRun, useStudio } from "../app/use-studio.ts";
import { addBreakpoint, removeBreakpoints } from "../breakpoints/edits.ts";
import { uiOf } from "../document/ui.ts";
import type { StepMade } from "../run/run-store.ts";
import { duration } from "../run/units.ts";
import { atIteration } from "./marks.ts";
import { axes, hasAxis, type Axis } from "./timeline-model.ts";

interface Props {
  readonly zone: string;
  readonly steps: readonly StepMade[];
  readonly index: number;
  readonly axis: Axis;
  readonly speed: number;
  readonly isFollowing: boolean;
  readonly playback: { readonly isPlaying: boolean; readonly toggle: () => void };
  readonly scrub: (index: number) => void;
  readonly setAxis: (axis: Axis) => void;
  readonly setSpeed: (speed: number) => void;
}

const speeds = [0.25, 0.5, 1, 2, 4] as const;

export function Transport(props: Props) {
  const { t } = useTranslation();
  const { index, steps, playback, scrub, axis, speed, setAxis, setSpeed, isFollowing } = props;
  const { actions } = useStudio().run;
  const last = steps.at(-1)?.iteration ?? 0;
  return (
    <div className="timeline-transport">
      <div role="group" aria-label={t("run.timeline.transport")} className="timeline-buttons">
        <Button name={t("run.timeline.first")} onClick={() => scrub(0)}>
          <ChevronFirst size={15} />
        </Button>
        <Button name={t("run.timeline.previous")} onClick={() => scrub(index - 1)}>
          <StepBack size={15} />
        </Button>
        <Button
          name={t(playback.isPlaying ? "run.timeline.stop" : "run.timeline.play")}
          onClick={playback.toggle}
        >
          {playback.isPlaying ? <Pause size={15} /> : <Play size={15} />}
        </Button>
        <Button name={t("run.timeline.next")} onClick={() => scrub(index + 1)}>
          <StepForward size={15} />
        </Button>
        <Button name={t("run.timeline.last")} onClick={() => scrub(last)}>
          <ChevronLast size={15} />
        </Button>
      </div>
      <button
        type="button"
        className="timeline-follow"
        aria-pressed={isFollowing}
        title={t("run.timeline.follow-hint")}
        onClick={() => actions.scrub(isFollowing ? [index] : null, props.zone)}
      >
        {t("run.timeline.follow")}
      </button>
      <ForkHere zone={props.zone} index={index} isOffered={!isFollowing} />
      <StopHere zone={props.zone} index={index} />
      <Readout steps={steps} index={index} zone={props.zone} />
      <ZoneChoice zone={props.zone} />
      <Choice
        label={t("run.timeline.axis")}
        value={axis}
        options={axes
          .filter((each) => hasAxis(each, steps))
          .map((each) => [each, t(`run.timeline.axes.${each}`)])}
        onChange={(next) => setAxis(next as Axis)}
      />
      <Choice
        label={t("run.timeline.speed")}
        value={String(speed)}
        options={speeds.map((each) => [String(each), t("run.timeline.times", { speed: each })])}
        onChange={(next) => setSpeed(Number(next))}
      />
    </div>
  );
}

/** A second run goes on from the step that is shown; offered aloud where somebody looks back and has changed something. */
function ForkHere({
  zone,
  index,
  isOffered,
}: Pick<Props, "zone" | "index"> & { readonly isOffered: boolean }) {
  const { t } = useTranslation();
  const { actions } = useStudio().run;
  const isChanged = useRun((state) => state.stale);
  return (
    <button
      type="button"
      className="timeline-follow timeline-fork"
      data-offered={isOffered && isChanged}
      title={t("run.timeline.fork-hint", { step: index + 1 })}
      onClick={() => actions.fork(zone, index)}
    >
      <GitBranch size={14} aria-hidden />
      {t("run.timeline.fork")}
    </button>
  );
}

/** Sets or removes a breakpoint at the step that is shown. */
function StopHere({ zone, index }: Pick<Props, "zone" | "index">) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const condition = atIteration(index);
  const found = useEditor(({ history }) =>
    uiOf(history.present).breakpoints.find(
      (each) => each.wire === null && each.zone === zone && each.condition === condition,
    ),
  );
  const name = t("run.timeline.stop-here", { step: index + 1 });
  const toggle = () => {
    const how = found === undefined ? "add" : "remove";
    const recipe =
      found === undefined
        ? addBreakpoint({ wire: null, zone }, condition)
        : removeBreakpoints(({ id }) => id === found.id);
    const names = t("run.timeline.step-of", { zone, step: index + 1 });
    editor.actions.edit({ label: { key: `breakpoints.edits.${how}`, values: { names } } }, recipe);
  };
  return (
    <button
      type="button"
      className="timeline-button timeline-stop"
      aria-label={name}
      aria-pressed={found !== undefined}
      title={name}
      onClick={toggle}
    >
      <CircleDot size={15} />
    </button>
  );
}

/** Where the scrubber stands, in words and numbers. */
function Readout({ steps, index, zone }: Pick<Props, "steps" | "index" | "zone">) {
  const { t } = useTranslation();
  const count = useRun(({ zones }) => zones[zone]?.count ?? steps.length);
  const step = steps.find(({ iteration }) => iteration === index);
  const words = [
    t("run.timeline.at", { step: index + 1, count }),
    ...(step === undefined || step.sigma === null
      ? []
      : [t("run.timeline.at-sigma", { sigma: step.sigma.toPrecision(3) })]),
    ...(step === undefined ? [] : [t("run.timeline.at-nfe", { nfe: step.nfe }), duration(step.ms)]),
  ];
  return <output className="timeline-readout">{words.join(" · ")}</output>;
}

/** Which of several zones after one another is scrubbed. */
function ZoneChoice({ zone }: { readonly zone: string }) {
  const { t } = useTranslation();
  const { actions } = useStudio().run;
  const zones = useRun((state) => state.zones);
  const names = Object.keys(zones);
  if (names.length < 2) return null;
  return (
    <Choice
      label={t("run.timeline.zone")}
      value={zone}
      options={names.map((name) => [name, name])}
      onChange={(next) => actions.scrub([(zones[next]?.iteration ?? 1) - 1], next)}
    />
  );
}

function Button({
  name,
  onClick,
  children,
}: {
  readonly name: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="timeline-button"
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="timeline-choice">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
