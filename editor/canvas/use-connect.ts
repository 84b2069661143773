import {
  useReactFlow,
  type Connection,
  type FinalConnectionState,
  type IsValidConnection,
  type OnConnect,
  type OnConnectEnd,
  type OnConnectStart,
} from "@xyflow/react";
import { useCallback, useMemo } from "react";
import { useStudio } from "../app/use-studio.ts";
import type { Analysis } from "../document/analysis.ts";
import { judge, legalTargets, type Origin, type Verdict } from "../document/connect.ts";
import { connect } from "../document/edits/connect.ts";
import { scopeAt, type Key } from "../document/keys.ts";
import { isCurable, type Trouble } from "./cures.tsx";
import { dropOnRail, judgeRail, railAt, railHandle, typeOf } from "./drop-rail.ts";
import type { ItemNode } from "./flow-model.ts";
import { still, useGestures } from "./gesture.ts";
import { originsIn } from "./handles.ts";
import type { OpenPalette } from "./use-palette.ts";
import type { WireEdge } from "./wire-edge.tsx";

interface ConnectHandlers {
  readonly onConnectStart: OnConnectStart;
  readonly onConnect: OnConnect;
  readonly onConnectEnd: OnConnectEnd;
  readonly isValidConnection: IsValidConnection<WireEdge>;
}

/** Wires that are drawn by the mouse: judged when the drag begins, drawn as one edit, or handed to the palette on empty ground. */
export function useConnect(
  openPalette: OpenPalette,
  showTrouble: (trouble: Trouble) => void,
): ConnectHandlers {
  const { editor, analysis, registry, announce } = useStudio();
  const { getNodes } = useReactFlow<ItemNode>();
  const gestures = useGestures();

  const onConnectStart: OnConnectStart = useCallback(
    (_, { handleId, handleType }) => {
      if (handleId === null) return;
      const now = analysis.getState();
      const origins = originsIn(now.document, getNodes());
      const body = scopeAt(now.document, editor.getState().scope);
      const origin = origins.get(handleId);
      const fits =
        handleType === "source" && origin !== undefined && body !== null
          ? new Map([
              ...legalTargets(now, registry, origin, body),
              ...railVerdicts(now, origin, getNodes()),
            ])
          : new Map<Key, Verdict>(
              [...origins].map(([key, from]) => [key, judge(now, registry, from, handleId)]),
            );
      gestures.setState({ from: handleId, fits });
    },
    [analysis, registry, editor, gestures, getNodes],
  );

  const verdictOf = useCallback(
    ({ sourceHandle, targetHandle }: Pick<Connection, "sourceHandle" | "targetHandle">) => {
      const { from, fits } = gestures.getState();
      return fits.get((from === sourceHandle ? targetHandle : sourceHandle) ?? "");
    },
    [gestures],
  );

  const onConnect: OnConnect = useCallback(
    (connection) => {
      const verdict = verdictOf(connection);
      const target = connection.targetHandle;
      if (verdict?.ok !== true || target === null) return;
      const rail = railAt(target);
      const origin = originsIn(analysis.getState().document, getNodes()).get(
        connection.sourceHandle ?? "",
      );
      if (rail !== null && origin !== undefined) {
        const type = typeOf(analysis.getState(), origin);
        editor.actions.edit(
          { label: { key: "edits.addState", values: { name: origin.ref } } },
          (draft) => dropOnRail(draft, rail, { origin, type }),
        );
        return;
      }
      const values = { source: verdict.ref, target: target.split("/").slice(-1).join("") };
      editor.actions.edit({ label: { key: "edits.connect", values } }, (draft) =>
        connect(draft, target, verdict.ref),
      );
      announce({ key: "canvas.connected", values });
    },
    [editor, announce, verdictOf, analysis, getNodes],
  );

  const onConnectEnd: OnConnectEnd = useCallback(
    (event, state: FinalConnectionState) => {
      const { from, fits } = gestures.getState();
      gestures.setState(still);
      if (state.isValid === true || from === null) return;
      const verdict = state.toHandle?.id == null ? undefined : fits.get(state.toHandle.id);
      const touch = "changedTouches" in event ? event.changedTouches[0] : event;
      if (touch === undefined) return;
      if (verdict !== undefined && !verdict.ok) {
        announce(verdict.why);
        const target = state.fromHandle?.type === "source" ? (state.toHandle?.id ?? "") : from;
        const source = state.fromHandle?.type === "source" ? from : (state.toHandle?.id ?? "");
        const origin = originsIn(analysis.getState().document, getNodes()).get(source);
        if (origin !== undefined && isCurable(verdict))
          showTrouble({
            screen: { x: touch.clientX, y: touch.clientY },
            origin,
            target,
            refusal: verdict,
          });
        return;
      }
      if (state.toNode !== null) return;
      openPalette({ x: touch.clientX, y: touch.clientY }, from);
    },
    [gestures, announce, openPalette, showTrouble, analysis, getNodes],
  );

  const isValidConnection: IsValidConnection<WireEdge> = useCallback(
    (connection) =>
      verdictOf({
        sourceHandle: connection.sourceHandle ?? null,
        targetHandle: connection.targetHandle ?? null,
      })?.ok === true,
    [verdictOf],
  );

  return useMemo(
    () => ({ onConnectStart, onConnect, onConnectEnd, isValidConnection }),
    [onConnectStart, onConnect, onConnectEnd, isValidConnection],
  );
}

/** What the empty rows of the open zones say. */
function railVerdicts(analysis: Analysis, origin: Origin, nodes: readonly ItemNode[]) {
  return nodes
    .filter(({ type }) => type === "zone")
    .flatMap(({ id }) => [railHandle(id, "outside"), railHandle(id, "inside")])
    .map((handle) => [handle, judgeRail(analysis, origin, handle)] as const);
}
