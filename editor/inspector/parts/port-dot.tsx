import type { PortType } from "../../../runtime/graph/ports.ts";
import { portLook } from "../../canvas/port-look.ts";

/** The colour and shape that a port has on the canvas. */
export function PortDot({ type }: { readonly type: PortType | null }) {
  const { shape, colour } = portLook(type);
  return (
    <span
      className="inspector-dot"
      data-shape={shape}
      style={{ color: `var(${colour})` }}
      aria-hidden="true"
    />
  );
}
