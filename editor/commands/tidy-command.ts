import type { ELK } from "elkjs/lib/elk-api.js";
import type { Studio } from "../app/studio.ts";
import { move } from "../document/edits/move.ts";
import { tidy } from "../document/tidy.ts";
import { uiOf } from "../document/ui.ts";
import type { Command } from "./command.ts";
import { edit } from "./done.ts";
import { selected } from "./selected.ts";

/** Layers from left to right, zones inside out: of what is selected, else of everything. */
export const tidyCommand = (loadElk: LoadElk): Command => ({
  id: "edit.tidy",
  keys: ["t"],
  focus: "canvas",
  run: (studio) => tidyUp(studio, loadElk),
});

/** Fetches the layout engine, which is large and which few ask for. */
export type LoadElk = () => Promise<Pick<ELK, "layout">>;

async function tidyUp(studio: Studio, loadElk: LoadElk): Promise<void> {
  const { analysis, editor, registry } = studio;
  const before = analysis.getState();
  const { found } = editor.getState();
  const places = { ...found, ...uiOf(before.document).nodes };
  const chosen = selected(studio, "node", "input", "output");
  const tidied = await tidy(
    { analysis: before, registry, elk: await loadElk(), places },
    chosen.length > 1 ? chosen : null,
  );
  // What was edited meanwhile stays as it is.
  if (analysis.getState() !== before) return;
  edit(studio, { key: "commands.done.tidy", of: [] }, (draft) => move(draft, tidied));
}
