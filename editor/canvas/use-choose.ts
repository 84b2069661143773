import { useMemo } from "react";
import type { KeyboardEvent } from "react";
import type { EdgeMouseHandler, NodeMouseHandler } from "@xyflow/react";
import { useStudio } from "../app/use-studio.ts";
import { openThing } from "../commands/diving.ts";
import type { ItemNode } from "./items.ts";
import { isGround } from "./ground.ts";
import type { WireEdge } from "./items.ts";

interface ChooseHandlers {
  readonly onNodeContextMenu: NodeMouseHandler<ItemNode>;
  readonly onEdgeContextMenu: EdgeMouseHandler<WireEdge>;
  readonly onPaneContextMenu: () => void;
  readonly onNodeDoubleClick: NodeMouseHandler<ItemNode>;
  readonly onKeyUp: (event: KeyboardEvent) => void;
}

/** The right button selects what it is pressed on, and Tab what it comes to; a double click opens a body or a block. */
export function useChoose(): ChooseHandlers {
  const studio = useStudio();
  return useMemo(() => {
    const { editor } = studio;
    const choose = (key: string): void => {
      if (!editor.getState().selection.includes(key)) editor.actions.select([key]);
    };
    return {
      onNodeContextMenu: (_, { id }) => choose(id),
      onEdgeContextMenu: (_, { id }) => choose(id),
      onPaneContextMenu: () => editor.actions.select([]),
      onNodeDoubleClick: ({ target }, { id }) => {
        if (isGround(target)) return;
        editor.actions.select([id]);
        openThing(studio);
      },
      onKeyUp: ({ key, target }) => {
        const id =
          target instanceof HTMLElement &&
          target.matches(".react-flow__node") &&
          target.dataset["id"];
        if (key === "Tab" && typeof id === "string") choose(id);
      },
    };
  }, [studio]);
}
