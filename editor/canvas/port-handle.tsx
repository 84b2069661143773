import { Handle, Position } from "@xyflow/react";
import { memo } from "react";
import { useStore } from "zustand";
import { formatPortType } from "../../runtime/graph/ports.ts";
import type { PortView } from "../document/view/view.ts";
import { useGestures } from "./gesture.ts";
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
  const fit = useStore(useGestures(), ({ from, fits }) =>
    from === null ? null : (fits.get(port.key)?.ok ?? (from === port.key ? null : false)),
  );
  const { shape, colour } = portLook(port.type);
  const joined = direction === "source" || port.ref !== null;
  const look = [
    "canvas-port",
    port.missing ? "canvas-port-missing" : "",
    joined ? "canvas-port-joined" : "",
    fit === null ? "" : fit ? "canvas-port-legal" : "canvas-port-illegal",
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
