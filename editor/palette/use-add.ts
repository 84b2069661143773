import { useCallback } from "react";
import { useStudio } from "../app/use-studio.ts";
import { addNode } from "../document/edits/add-node.ts";
import { connect } from "../document/edits/connect.ts";
import { idOf } from "../document/keys.ts";
import { originAt } from "../document/origin-at.ts";
import type { PaletteEntry } from "../document/palette.ts";
import { sinkAt } from "../document/sinks.ts";
import type { PaletteRequest } from "./palette-request.ts";

/** Adds what was chosen where it was asked for, with the wire that was dropped: one edit; the new node is selected. */
export function useAdd(): (
  entry: PaletteEntry,
  request: PaletteRequest,
  port: string | null,
) => void {
  const { editor, analysis, registry } = useStudio();
  return useCallback(
    (entry, { body, at, from }, port) => {
      const now = analysis.getState();
      const origin = from === null ? null : originAt(now, registry, from);
      const isTarget = from !== null && origin === null && sinkAt(now, registry, from) !== null;
      let added = "";
      editor.actions.edit(
        { label: { key: "edits.add", values: { type: entry.title } } },
        (draft) => {
          added = addNode(draft, registry, { node: entry.node, body, at });
          if (port === null || from === null) return;
          if (isTarget) connect(draft, from, `${idOf(added)}.${port}`);
          else if (origin !== null) connect(draft, `${added}/in/${port}`, origin.ref);
        },
      );
      editor.actions.select([added]);
    },
    [editor, analysis, registry],
  );
}
