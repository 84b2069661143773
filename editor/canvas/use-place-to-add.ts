import { useReactFlow, type XYPosition } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useStudio } from "../app/use-studio.ts";
import { placeToAdd } from "./place-to-add.ts";
import { extentOfKeys } from "./use-fit.ts";
import type { LiveFlow } from "./use-flow.ts";

/** Where on the screen things are added now that have no place of their own; null where there is no canvas. */
export type PlaceNow = () => XYPosition | null;

export function usePlaceToAdd({ flow, extents }: Pick<LiveFlow, "flow" | "extents">): PlaceNow {
  const { editor } = useStudio();
  const reactFlow = useReactFlow();
  const last = useRef<XYPosition | null>(null);
  useEffect(() => {
    const onMove = ({ clientX: x, clientY: y }: PointerEvent): void => {
      last.current = { x, y };
    };
    window.addEventListener("pointermove", onMove, { passive: true });
    return () => window.removeEventListener("pointermove", onMove);
  }, []);
  return useCallback(() => {
    const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
    if (canvas === undefined) return null;
    const { selection } = editor.getState();
    const [only] = selection;
    const isZone = selection.length === 1 && (flow.drawn.get(only ?? "")?.lanes.length ?? 0) > 0;
    const chosen = extentOfKeys(extents.nodes, selection);
    const pointer = isOverGround(last.current) ? last.current : null;
    return placeToAdd(reactFlow, { chosen, isZone, pointer }, canvas);
  }, [editor, reactFlow, flow, extents]);
}

const isOverGround = (at: XYPosition | null): boolean =>
  at !== null && (document.elementFromPoint(at.x, at.y)?.closest(".react-flow") ?? null) !== null;
