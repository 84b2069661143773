import { useMemo } from "react";
import { later } from "../app/later.tsx";
import { useAnalysis, useEditor, useStudio } from "../app/use-studio.ts";
import { wireNameOf } from "../document/wire-name.ts";
import { typeOfWire } from "../viewers/parts/wire-type.ts";
import type { Flow } from "./flow-model.ts";

const ProbePopover = later(async () => (await import("../viewers/probe-popover.tsx")).ProbePopover);

/** What flows along the one wire that is selected, beside it. */
export function WireProbe({ flow }: { readonly flow: Flow }) {
  const { editor } = useStudio();
  const types = useAnalysis((state) => state.types);
  const present = useEditor(({ history }) => history.present);
  const [only, ...others] = useEditor((state) => state.selection);
  const edge = others.length === 0 ? flow.edges.find(({ id }) => id === only) : undefined;
  const name = edge?.data?.probed === true ? wireNameOf(edge.sourceHandle ?? "") : null;
  const place = useMemo(
    () => (name === null || edge === undefined ? null : middleOf(edge.id)),
    [name, edge],
  );
  if (name === null || place === null) return null;
  return (
    <div className="canvas-probe" style={place}>
      <ProbePopover
        wire={name}
        type={typeOfWire(present, types, name)}
        onClose={() => editor.actions.select([])}
      />
    </div>
  );
}

/** Beside the middle of a wire on the screen, inside the canvas. */
function middleOf(id: string): { readonly left: number; readonly top: number } | null {
  const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
  const line = document
    .querySelector(`.react-flow__edge[data-id="${CSS.escape(id)}"] path`)
    ?.getBoundingClientRect();
  if (canvas === undefined || line === undefined) return null;
  const [x, y] = [line.x + line.width / 2 - canvas.x, line.y + line.height / 2 - canvas.y];
  const within = (value: number, most: number) => Math.max(8, Math.min(value, most - 316));
  return { left: within(x + 12, canvas.width), top: within(y + 12, canvas.height) };
}
