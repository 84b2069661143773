import { useReactFlow } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useStudio, useView } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { keyOf } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import type { PaletteRequest } from "../palette/palette-request.ts";
import { draggedEntry } from "../palette/dragged-entry.ts";
import { useAdd } from "../palette/use-add.ts";
import { useEntries } from "../palette/use-entries.ts";
import { cornersOf, landingAt, originOf } from "./drop.ts";
import type { PlaceNow } from "./use-place-to-add.ts";
import type { ScreenPoint } from "./screen-point.ts";
import type { LiveFlow } from "./use-flow.ts";

/** Opens the palette at a point of the screen, for a wire that was dragged from a handle or for none. */
export type OpenPalette = (screen: ScreenPoint, from: Key | null) => void;

interface PaletteState {
  readonly request: PaletteRequest | null;
  readonly open: OpenPalette;
  readonly close: () => void;
  /** What the canvas listens for while something of the library is dragged over it. */
  readonly drop: Pick<React.HTMLAttributes<HTMLElement>, "onDragOver" | "onDrop">;
}

/** Where things are added: by the palette, by a drag from the library, or beside what is chosen. */
export function usePalette({ flow, lying }: LiveFlow, placeNow: PlaceNow): PaletteState {
  const { editor, view } = useStudio();
  const { screenToFlowPosition } = useReactFlow();
  const [request, setRequest] = useState<PaletteRequest | null>(null);
  const adding = useView((state) => state.adding);
  const add = useAdd();
  const entries = useEntries();

  const requestAt = useCallback(
    (screen: ScreenPoint, from: Key | null): PaletteRequest => {
      const { x, y } = screenToFlowPosition(screen);
      const corners = cornersOf(lying());
      const landing = landingAt([x, y], flow, corners, new Set());
      const [left, top] = originOf(landing, corners);
      const body = landing.lane === null ? editor.getState().scope : keyOf(landing.lane.scope.path);
      const at: Point = [Math.round(x - left), Math.round(y - top)];
      return { screen, body, at, ground: [Math.round(x), Math.round(y)], from };
    },
    [screenToFlowPosition, lying, flow, editor],
  );

  const addAt = useCallback(
    (id: string, screen: ScreenPoint) => {
      const entry = entries.find((each) => each.id === id);
      if (entry !== undefined) add(entry, requestAt(screen, null), null);
    },
    [entries, add, requestAt],
  );

  useEffect(() => {
    if (adding === null) return;
    view.setState({ adding: null });
    const place = placeNow();
    if (place !== null) addAt(adding.entry, place);
  }, [adding, view, placeNow, addAt]);

  return useMemo(
    () => ({
      request,
      open: (screen, from) => setRequest(requestAt(screen, from)),
      close: () => setRequest(null),
      drop: {
        onDragOver: (event) => {
          if (draggedEntry.isIn(event.dataTransfer)) event.preventDefault();
        },
        onDrop: (event) => {
          if (draggedEntry.isIn(event.dataTransfer))
            addAt(draggedEntry.idIn(event.dataTransfer), { x: event.clientX, y: event.clientY });
        },
      },
    }),
    [request, requestAt, addAt],
  );
}
