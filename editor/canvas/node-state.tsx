import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleMinus,
  CirclePause,
  CircleStop,
  Clock,
  History,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useEditor, useRun, useStudio } from "../app/use-studio.ts";
import { uiNameOf, type Key } from "../document/keys.ts";
import { wireNameOf } from "../document/wire-name.ts";
import { uiOf } from "../document/ui.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { nodeStateOf, whyStaleAt, type NodeState } from "../run/node-state.ts";
import type { RunState } from "../run/run-store.ts";
import { duration } from "../run/units.ts";
import { zoneCost } from "../run/zone-cost.ts";
import "./node-state.css";

const icons: Readonly<Record<NodeState, LucideIcon>> = {
  queued: Clock,
  running: LoaderCircle,
  paused: CirclePause,
  fresh: CircleCheck,
  kept: History,
  stale: CircleDashed,
  stopped: CircleStop,
  error: CircleAlert,
  skipped: CircleMinus,
};

/** How a node stands to the run: a sign with a name. */
export function NodeStateSign({ of: key }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const state = useRun((run) => nodeStateOf(run, editor.getState().history.present, key));
  const why = useRun((run) =>
    state === null ? "" : because(state, run, editor.getState().history.present, key, t),
  );
  if (state === null) return null;
  const Icon = icons[state];
  const name = t(`run.state.${state}`);
  return (
    <span
      className="canvas-state"
      data-state={state}
      role="img"
      aria-label={name}
      title={why === "" ? name : `${name}. ${why}`}
    >
      <Icon size={13} aria-hidden />
    </span>
  );
}

/** Why it stands so, where that is to be told. */
// oxlint-disable-next-line max-params -- what stands how to which run of what, and in which words
function because(
  state: NodeState,
  run: RunState,
  document: Document,
  key: Key,
  t: TFunction,
): string {
  if (state === "kept") return run.from === null ? t("run.cause.same") : "";
  const why = state === "stale" ? whyStaleAt(run, document, key) : null;
  return why === null ? "" : t(why.key, { ...why.values });
}

/** The breakpoint at a node: full where it is on. */
export function StopSign({ of: key }: { readonly of: Key }) {
  const { t } = useTranslation();
  const name = uiNameOf(key);
  const mark = useEditor(({ history }) => markOf(uiOf(history.present).breakpoints, name));
  if (mark === null) return null;
  return (
    <span
      className="canvas-stop"
      data-mark={mark}
      role="img"
      aria-label={t(`breakpoints.mark.${mark}`)}
      title={t(`breakpoints.mark.${mark}`)}
    >
      <CircleDot size={12} aria-hidden />
    </span>
  );
}

/** The breakpoint at the wires out of a port. */
export function PortStop({ source }: { readonly source: Key }) {
  const { t } = useTranslation();
  const wire = wireNameOf(source);
  const mark = useEditor(({ history }) => {
    const found = uiOf(history.present).breakpoints.find((each) => each.wire === wire);
    return found === undefined || wire === null ? null : found.enabled ? "on" : "off";
  });
  if (mark === null) return null;
  const name = t(`breakpoints.mark.${mark}`);
  return (
    <span className="canvas-port-stop" data-mark={mark} role="img" aria-label={name} title={name} />
  );
}

type Breakpoints = ReturnType<typeof uiOf>["breakpoints"];

function markOf(breakpoints: Breakpoints, name: string): "on" | "off" | null {
  const here = breakpoints.filter(({ wire, zone }) =>
    wire === null ? zone === name : wire.slice(0, wire.lastIndexOf(".")) === name,
  );
  if (here.length === 0) return null;
  return here.some(({ enabled }) => enabled) ? "on" : "off";
}

/** What an iteration of a zone takes. */
export function ZoneCostText({ of: key }: { readonly of: Key }) {
  const { t } = useTranslation();
  const name = uiNameOf(key);
  const text = useRun((run) => {
    const cost = zoneCost(run, name);
    if (cost === null) return "";
    const nfe = Number(cost.nfe.toPrecision(2));
    return `${duration(cost.ms)}${nfe > 0 ? ` · ${t("run.nfe", { count: nfe })}` : ""}`;
  });
  if (text === "") return null;
  return (
    <span className="canvas-zone-cost" title={t("run.cost.iteration")} translate="no">
      {text}
    </span>
  );
}
