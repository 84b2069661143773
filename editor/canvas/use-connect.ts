import type {
  FinalConnectionState,
  IsValidConnection,
  OnConnect,
  OnConnectEnd,
  OnConnectStart,
} from "@xyflow/react";
import { useMemo } from "react";
import { useStudio } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import type { Trouble } from "./cures.tsx";
import { still, useGestures } from "./gesture.ts";
import { screenPointOf } from "./screen-point.ts";
import type { LiveFlow } from "./use-flow.ts";
import type { OpenPalette } from "./use-palette.ts";
import { beginWire, drawWire, troubleOf, verdictOf, type Ends } from "./wire-gesture.ts";
import type { WireEdge } from "./items.ts";

interface ConnectHandlers {
  readonly onConnectStart: OnConnectStart;
  readonly onConnect: OnConnect;
  readonly onConnectEnd: OnConnectEnd;
  readonly isValidConnection: IsValidConnection<WireEdge>;
}

/** Wires that are drawn by the mouse: judged when the drag begins, drawn as one edit, or handed to the palette on empty ground. */
export function useConnect(
  { lying }: LiveFlow,
  openPalette: OpenPalette,
  showTrouble: (trouble: Trouble) => void,
): ConnectHandlers {
  const studio = useStudio();
  const gestures = useGestures();
  return useMemo(
    () => ({
      onConnectStart: (_, { handleId }) => {
        if (handleId !== null) gestures.setState(beginWire(studio, lying(), handleId));
      },
      isValidConnection: ({ sourceHandle, targetHandle }) =>
        verdictOf(gestures.getState(), endsOf(sourceHandle, targetHandle))?.ok === true,
      onConnect: ({ sourceHandle, targetHandle }) =>
        drawWire(studio, gestures.getState(), endsOf(sourceHandle, targetHandle)),
      onConnectEnd: (event, state) => {
        const gesture = gestures.getState();
        gestures.setState(still);
        if (state.isValid === true || gesture.from === null) return;
        const screen = screenPointOf(event);
        const ends = endsIn(state, gesture.aim);
        const verdict = verdictOf(gesture, ends);
        if (verdict !== undefined && !verdict.ok) {
          studio.announce(verdict.why);
          const trouble = troubleOf(studio, gesture, ends, screen);
          if (trouble !== null) showTrouble(trouble);
        } else if (verdict !== undefined) drawWire(studio, gesture, ends);
        else if (state.toNode === null) openPalette(screen, gesture.from);
      },
    }),
    [studio, lying, gestures, openPalette, showTrouble],
  );
}

const endsOf = (source: string | null | undefined, target: string | null | undefined): Ends => ({
  source: source ?? "",
  target: target ?? "",
});

/** Dropped on no port, a wire takes the one that it was aimed at. */
function endsIn({ fromHandle, toHandle }: FinalConnectionState, aim: Key | null): Ends {
  const [from, to] = [fromHandle?.id, toHandle?.id ?? aim];
  return fromHandle?.type === "target" ? endsOf(to, from) : endsOf(from, to);
}
