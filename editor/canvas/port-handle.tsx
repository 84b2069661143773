import { Handle, Position } from "@xyflow/react";
import { memo } from "react";
import { useStore } from "zustand";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { PortView } from "../document/view/view.ts";
import { isCurable } from "../document/cures.ts";
import { type Gesture, useGestures } from "./gesture.ts";
import { portLook } from "./port-look.ts";

interface Props {
  readonly port: PortView;
  /** What may be dragged here: a wire's end or its beginning. */
  readonly direction: "source" | "target";
  /** Of the dot's centre, from the item's upper left corner. */
  readonly x: number;
  readonly y: number;
}

/** A port's dot: its shape is the kind, its colour the space; 24 px to hit. Its id is the port's key. */
export const PortHandle = memo(function PortHandle({ port, direction, x, y }: Props) {
  const fit = useStore(useGestures(), (gesture) => fitOf(gesture, port.key));
  const { shape, colour } = portLook(port.type);
  const joined = direction === "source" || port.ref !== null;
  const look = [
    "canvas-port",
    port.missing ? "canvas-port-missing" : "",
    joined ? "canvas-port-joined" : "",
    fit === null ? "" : `canvas-port-${fit}`,
  ];
  const type = port.type === null ? "?" : formatPortType(port.type);
  return (
    <Handle
      id={port.key}
      type={direction}
      position={direction === "source" ? Position.Right : Position.Left}
      className={look.join(" ")}
      style={{ left: x, top: y, right: "auto", transform: "translate(-50%, -50%)" }}
      title={`${port.label}: ${type}`}
    >
      <span
        className={`canvas-dot canvas-dot-${shape}`}
        style={{ "--dot": `var(${colour})` } as React.CSSProperties}
      />
    </Handle>
  );
});

/** How a port looks to a wire that is dragged; null where none is, and to the port that it comes from. */
function fitOf(
  { from, fits, aim, withAdapters }: Gesture,
  port: string,
): "legal" | "aimed" | "curable" | "illegal" | null {
  if (from === null || from === port) return null;
  const verdict = fits.get(port);
  if (verdict?.ok === true) return aim === port ? "aimed" : "legal";
  return withAdapters && verdict !== undefined && isCurable(verdict) ? "curable" : "illegal";
}
