import type { NodeProps } from "@xyflow/react";
import { TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { nodeMetrics, rowCentre } from "../document/view/node-metrics.ts";
import type { NodeView, ParamView, PortView } from "../document/view/view.ts";
import { useRun } from "../app/use-studio.ts";
import { hasFrames, isOutput } from "../run/output-frames.ts";
import { NodePreview } from "../viewers/node-preview.tsx";
import { familyColour } from "./family-colour.ts";
import { NodeStateSign, PortStop, StopSign } from "./node-state.tsx";
import type { CardNode } from "./items.ts";
import { PortHandle } from "./port-handle.tsx";
import { Words } from "./words.tsx";

/** A node, a slot, an output, or a closed zone. */
export const Card = memo(function Card({ data }: NodeProps<CardNode>) {
  const { view, faulty, bypassed, unseen } = data;
  const { t } = useTranslation();
  const look = [
    "canvas-card",
    `canvas-card-${view.kind}`,
    faulty ? "canvas-card-faulty" : "",
    bypassed ? "canvas-card-bypassed" : "",
  ];
  return (
    <div
      className={look.join(" ")}
      style={{ "--family": familyColour(view.family) } as React.CSSProperties}
    >
      <div className="canvas-head" title={[view.label, view.summary].filter(Boolean).join("\n")}>
        <span className="canvas-symbol" aria-hidden>
          {view.symbol}
        </span>
        <span className="canvas-names">
          <span translate="no" className="canvas-title">
            <Words of={view.label ?? view.title} />
          </span>
          {(view.kind === "node" || view.label !== null) && (
            <span translate="no" className="canvas-id">
              {view.id}
            </span>
          )}
        </span>
        {isComputed(view) && <NodeStateSign of={view.key} />}
        {faulty && (
          <TriangleAlert size={14} className="canvas-fault" aria-label={t("canvas.faulty")} />
        )}
      </div>
      {view.inputs.map((port) => (
        <InputRow key={port.key} port={port} tells={unseen.includes(port.key)} />
      ))}
      {view.outputs.map((port) => (
        <OutputRow
          key={port.key}
          port={port}
          width={view.width}
          stands={view.kind === "slot" ? (view.stands ?? "") : null}
          alone={view.inputs.every(({ row }) => row !== port.row)}
        />
      ))}
      {view.params.map((param) => (
        <ParamRow key={param.name} param={param} />
      ))}
      {isComputed(view) && <StopSign of={view.key} />}
      <Preview wires={data.probes} />
    </div>
  );
});

const isComputed = ({ kind, key }: NodeView): boolean =>
  kind !== "slot" && kind !== "output" && key.startsWith("graph/");

/** What the first watched output holds, hung under the card. */
function Preview({ wires: [wire] }: { readonly wires: readonly string[] }) {
  const isShown = useRun((run) => wire !== undefined && (!isOutput(wire) || hasFrames(run, wire)));
  if (wire === undefined || !isShown) return null;
  return (
    <div className="canvas-preview">
      <NodePreview wire={wire} width={previewSize} height={previewSize} />
    </div>
  );
}

const previewSize = nodeMetrics.preview.size;

const topOf = (row: number): number => nodeMetrics.header + row * nodeMetrics.row;

function InputRow({ port, tells }: { readonly port: PortView; readonly tells: boolean }) {
  if (port.row === null) return null;
  const look = port.missing ? "canvas-label-missing" : port.optional ? "canvas-label-optional" : "";
  return (
    <>
      <div className="canvas-row" style={{ top: topOf(port.row), right: "40%" }}>
        <span translate="no" className={`canvas-label ${look}`}>
          {port.label}
        </span>
        {tells && (
          <span translate="no" className="canvas-chip">
            {port.ref}
          </span>
        )}
      </div>
      <PortHandle port={port} direction="target" x={0} y={rowCentre(port.row)} />
    </>
  );
}

interface OutputProps {
  readonly port: PortView;
  readonly width: number;
  /** What an input shows instead of its name, which is its title; null of all else. */
  readonly stands: string | null;
  /** No input shares its row. */
  readonly alone: boolean;
}

function OutputRow({ port, width, stands, alone }: OutputProps) {
  if (port.row === null) return null;
  return (
    <>
      <div className="canvas-row" style={{ top: topOf(port.row), left: alone ? 0 : "50%" }}>
        {stands === null ? (
          <span translate="no" className="canvas-label canvas-label-out">
            {port.label}
          </span>
        ) : (
          <span translate="no" className="canvas-value canvas-label-out">
            {stands}
          </span>
        )}
        <PortStop source={port.key} />
      </div>
      <PortHandle port={port} direction="source" x={width} y={rowCentre(port.row)} />
    </>
  );
}

function ParamRow({ param }: { readonly param: ParamView }) {
  if (param.row === null) return null;
  return (
    <div className="canvas-row" style={{ top: topOf(param.row) }}>
      <span translate="no" className="canvas-label canvas-label-optional">
        {param.name}
      </span>
      <span translate="no" className="canvas-value">
        {shownValue(param.value)}
      </span>
    </div>
  );
}

function shownValue(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(5)));
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
