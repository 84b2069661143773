import type { NodeProps } from "@xyflow/react";
import { ChevronDown, LogIn, TriangleAlert } from "lucide-react";
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useRun, useStudio } from "../app/use-studio.ts";
import { openThing } from "../commands/diving.ts";
import { setCollapsed } from "../document/edits/marks.ts";
import { uiNameOf } from "../document/keys.ts";
import { nodeMetrics, rowCentre } from "../document/view/node-metrics.ts";
import type { NodeView, PortView, RailView } from "../document/view/view.ts";
import type { LaneData, ZoneData, ZoneNode } from "./items.ts";
import { railHandle, railSides } from "./drop-rail.ts";
import { familyColour } from "./family-colour.ts";
import { useGestures } from "./gesture.ts";
import { NodeStateSign, StopSign, ZoneCostText } from "./node-state.tsx";
import { PortHandle } from "./port-handle.tsx";

const { rail, padding, branchTitle } = nodeMetrics.zone;

/** An open zone: a titled box with a rail on each border; what it runs lies inside. */
export const Zone = memo(function Zone({ data }: NodeProps<ZoneNode>) {
  const { view, width, height, lanes, unseen } = data;
  const isLanding = useStore(useGestures(), ({ landing }) => landing === view.key);
  const onRails = new Set(view.rails.map(({ init }) => init?.key));
  return (
    <div
      className={`canvas-zone ${isLanding ? "canvas-zone-hover" : ""}`}
      style={{ "--family": familyColour(view.family), width, height } as React.CSSProperties}
    >
      <ZoneHead data={data} />
      <div className="canvas-rail canvas-rail-left" style={{ width: rail }} />
      <div className="canvas-rail canvas-rail-right" style={{ width: rail }} />
      {view.inputs
        .filter(({ key }) => !onRails.has(key))
        .map((port) => (
          <BorderPort
            key={port.key}
            port={port}
            x={0}
            direction="target"
            unseen={unseen}
            label="left"
          />
        ))}
      {view.rails.map((row) => (
        <Rail key={`${row.kind} ${row.name}`} row={row} width={width} unseen={unseen} />
      ))}
      <EmptyRows zone={view} lanes={lanes} width={width} />
      {lanes.map((lane) => (
        <LaneView key={lane.branch ?? "body"} lane={lane} width={width} />
      ))}
      <div className="canvas-return" style={{ width: width - 2 * rail, left: rail, top: height }} />
    </div>
  );
});

function ZoneHead({ data: { view, faulty } }: { readonly data: ZoneData }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const { editor } = studio;
  const progress = useRun(({ zones }) => zones[uiNameOf(view.key)]);
  return (
    <>
      <div className="canvas-zone-head">
        <span className="canvas-zone-kind">{view.title}</span>
        <span translate="no" className="canvas-title">
          {view.label ?? view.id}
        </span>
        {progress !== undefined && (
          <span className="canvas-zone-progress">
            {t("canvas.progress", { done: progress.iteration, count: progress.count })}
          </span>
        )}
        <ZoneCostText of={view.key} />
        <NodeStateSign of={view.key} />
        {faulty && (
          <TriangleAlert size={14} className="canvas-fault" aria-label={t("canvas.faulty")} />
        )}
        <button
          type="button"
          className="app-icon-button nodrag"
          onClick={() => {
            editor.actions.select([view.key]);
            openThing(studio);
          }}
          aria-label={t("canvas.dive", { name: view.id })}
          title={t("canvas.dive", { name: view.id })}
        >
          <LogIn size={14} />
        </button>
        <button
          type="button"
          className="app-icon-button nodrag"
          onClick={() =>
            editor.actions.edit(
              { label: { key: "edits.collapse", values: { id: view.id } } },
              (draft) => setCollapsed(draft, view.key, true),
            )
          }
          aria-label={t("canvas.collapse", { name: view.id })}
          title={t("canvas.collapse", { name: view.id })}
        >
          <ChevronDown size={14} />
        </button>
      </div>
      <StopSign of={view.key} />
      {progress !== undefined && progress.count > 0 && (
        <div
          className="canvas-zone-bar"
          style={{ width: `${(100 * progress.iteration) / progress.count}%` }}
        />
      )}
    </>
  );
}

const signs: Readonly<Record<RailView["kind"], string>> = {
  state: "⟳",
  each: "⋮",
  scan: "▤",
  stop: "⏹",
  while: "?",
  counter: "#",
  output: "⇥",
};

interface RailProps {
  readonly row: RailView;
  readonly width: number;
  readonly unseen: readonly string[];
}

/** One rail: outside-left its init, inside-left the current value, inside-right the next, outside-right the final one. */
function Rail({ row, width, unseen }: RailProps) {
  if (row.row === null) return null;
  const y = rowCentre(row.row);
  const top = nodeMetrics.header + row.row * nodeMetrics.row;
  const isLeft = row.init !== null || row.current.length > 0;
  const isRight = row.next.length > 0 || row.final !== null;
  const label = (
    <>
      <span className="canvas-rail-sign" aria-hidden>
        {signs[row.kind]}
      </span>
      <span translate="no" className="canvas-label">
        {row.name}
      </span>
    </>
  );
  return (
    <>
      {isLeft && (
        <div className="canvas-rail-row" style={{ top, left: 0, width: rail, right: "auto" }}>
          {label}
        </div>
      )}
      {isRight && (
        <div
          className="canvas-rail-row"
          style={{ top, left: width - rail, width: rail, right: "auto" }}
        >
          {label}
        </div>
      )}
      {row.init !== null && <PortHandle port={row.init} direction="target" x={0} y={y} />}
      {row.init !== null && unseen.includes(row.init.key) && <Outside port={row.init} top={top} />}
      {row.current.map((port, back) => (
        <PortHandle key={port.key} port={port} direction="source" x={rail} y={y + 8 * back} />
      ))}
      {row.next.map((port, branch) => (
        <PortHandle
          key={port.key}
          port={port}
          direction="target"
          x={width - rail}
          y={y + 12 * branch}
        />
      ))}
      {row.final !== null && <PortHandle port={row.final} direction="source" x={width} y={y} />}
    </>
  );
}

interface EmptyProps {
  readonly zone: NodeView;
  readonly lanes: readonly LaneData[];
  readonly width: number;
}

/** The rows under the rails: a wire that is dropped on one makes a new rail. */
function EmptyRows({ zone, lanes, width }: EmptyProps) {
  const { t } = useTranslation();
  return railSides(lanes).map((side, i) => {
    const row = zone.rows + (side === "then" || side === "else" ? i : 0);
    const left = side === "outside" ? 0 : width - rail;
    const name = t(`canvas.rail.${side}`);
    const top = nodeMetrics.header + row * nodeMetrics.row;
    return (
      <Fragment key={side}>
        <div
          className="canvas-rail-row canvas-rail-add"
          style={{ top, left, width: rail, right: "auto" }}
        >
          + {name}
        </div>
        <PortHandle
          port={emptyPort(railHandle(zone.key, side), name)}
          direction="target"
          x={left}
          y={rowCentre(row)}
        />
      </Fragment>
    );
  });
}

const emptyPort = (key: string, label: string): PortView => ({
  key,
  name: label,
  label,
  type: null,
  optional: true,
  missing: false,
  ref: null,
  param: false,
  row: null,
});

/** What an outer end reads, where that is not drawn. */
function Outside({ port, top }: { readonly port: PortView; readonly top: number }) {
  return (
    <span translate="no" className="canvas-chip canvas-outside" style={{ top: top + 4 }}>
      {port.ref}
    </span>
  );
}

interface BorderProps {
  readonly port: PortView;
  readonly x: number;
  readonly direction: "source" | "target";
  readonly unseen: readonly string[];
  readonly label: "left" | "right";
}

function BorderPort({ port, x, direction, unseen }: BorderProps) {
  if (port.row === null) return null;
  const top = nodeMetrics.header + port.row * nodeMetrics.row;
  return (
    <>
      <div className="canvas-rail-row" style={{ top, left: 0, width: rail, right: "auto" }}>
        <span translate="no" className="canvas-label">
          {port.label}
        </span>
      </div>
      <PortHandle port={port} direction={direction} x={x} y={rowCentre(port.row)} />
      {unseen.includes(port.key) && <Outside port={port} top={top} />}
    </>
  );
}

function LaneView({ lane, width }: { readonly lane: LaneData; readonly width: number }) {
  const { t } = useTranslation();
  const inside = { left: rail, width: width - 2 * rail };
  return (
    <>
      {lane.branch !== null && (
        <div className="canvas-lane" style={{ ...inside, top: lane.top }}>
          {t(`canvas.${lane.branch}`)}
        </div>
      )}
      {lane.empty && (
        <div
          className="canvas-empty-body"
          style={{
            left: rail + padding,
            width: width - 2 * rail - 2 * padding,
            top: lane.top + padding + (lane.branch === null ? 0 : branchTitle),
            height: lane.height - 2 * padding - (lane.branch === null ? 0 : branchTitle),
          }}
        >
          {t("canvas.emptyBody")}
        </div>
      )}
    </>
  );
}
