import type { Studio } from "../app/studio.ts";
import { bypass, canBypass, isBypassed, unbypass } from "../document/edits/bypass.ts";
import { disconnect } from "../document/edits/connect.ts";
import { remove, removeAndHeal } from "../document/edits/remove.ts";
import type { Message } from "../document/history.ts";
import type { Command } from "./command.ts";
import { edit } from "./done.ts";
import { kindOf, needs, needsOne, selected } from "./selected.ts";

const anything = ["node", "wire", "input", "output", "note", "frame"] as const;

/** Adding, removing, naming and wiring. */
export const editCommands: readonly Command[] = [
  {
    id: "edit.add",
    keys: ["a", "Space"],
    focus: "canvas",
    run: ({ view }) => view.setState({ focus: "add" }),
  },
  {
    id: "edit.connect",
    keys: ["c"],
    focus: "canvas",
    when: needsOne("node", "input", "wire", "output"),
    run: ({ view }) => view.setState({ dialog: "connect" }),
  },
  {
    id: "edit.rename",
    keys: ["F2"],
    focus: "canvas",
    when: canRename,
    run: ({ view }) => view.setState({ dialog: "rename" }),
  },
  {
    id: "edit.label",
    keys: ["Shift+F2"],
    focus: "canvas",
    when: needsOne("node"),
    run: ({ view }) => view.setState({ dialog: "label" }),
  },
  {
    id: "edit.replace",
    keys: ["r"],
    focus: "canvas",
    when: needsOne("node"),
    run: ({ view }) => view.setState({ dialog: "replace" }),
  },
  {
    id: "edit.delete",
    keys: ["Delete", "Backspace"],
    focus: "canvas",
    when: needs(...anything),
    run: removes("commands.done.delete", (draft, keys) => remove(draft, keys)),
  },
  {
    id: "edit.deleteAndHeal",
    keys: ["$mod+Delete", "$mod+Backspace"],
    focus: "canvas",
    when: needs("node"),
    run: (studio) =>
      removes("commands.done.deleteAndHeal", (draft, keys) =>
        removeAndHeal(draft, keys, studio.registry),
      )(studio),
  },
  { id: "edit.disconnect", keys: ["x"], focus: "canvas", when: hasWires, run: cutWires },
  { id: "edit.bypass", keys: ["b"], focus: "canvas", when: canPass, run: toggleBypass },
];

type Removal = (draft: Parameters<typeof remove>[0], keys: readonly string[]) => void;

function removes(key: string, removal: Removal) {
  return (studio: Studio): void => {
    const gone = selected(studio, ...anything);
    edit(studio, { key, of: gone }, (draft) => removal(draft, gone));
    studio.editor.actions.select([]);
    studio.view.setState({ port: null });
  };
}

function canRename(studio: Studio): true | Message {
  const one = needsOne("node", "input", "output", "wire", "block")(studio);
  if (one !== true) return one;
  const [key = ""] = studio.editor.getState().selection;
  const isWire = kindOf(studio, key) === "wire" && !isRail(key);
  return isWire ? { key: "commands.lack.node" } : true;
}

/** Rails are named by the group that they stand in. */
const isRail = (key: string): boolean => /\/(states|each|scans|outputs)\/[^/]+$/.test(key);

/** The wires that are selected, and those into what is selected. */
function wiresInto(studio: Studio): readonly string[] {
  const { present } = studio.editor.getState().history;
  const nodes = selected(studio, "node");
  const inputs = nodes.flatMap((node) => {
    const wires = inOf(present, node);
    return Object.keys(wires).map((name) => `${node}/in/${name}`);
  });
  return [...selected(studio, "wire"), ...inputs];
}

function inOf(document: unknown, key: string): object {
  let at: unknown = document;
  for (const step of [...key.split("/"), "in"])
    at = typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined;
  return typeof at === "object" && at !== null ? at : {};
}

function hasWires(studio: Studio): true | Message {
  return wiresInto(studio).length > 0 ? true : { key: "commands.lack.wires" };
}

function cutWires(studio: Studio): void {
  const wires = wiresInto(studio);
  edit(studio, { key: "commands.done.disconnect", of: wires }, (draft) => disconnect(draft, wires));
}

function canPass(studio: Studio): true | Message {
  const nodes = selected(studio, "node");
  const { present } = studio.editor.getState().history;
  if (nodes.length === 0) return { key: "commands.lack.node" };
  const can = nodes.some(
    (node) => isBypassed(present, node) || canBypass(present, studio.registry, node),
  );
  return can ? true : { key: "commands.lack.bypass" };
}

/** All of them are passed by, or none any more where all were. */
function toggleBypass(studio: Studio): void {
  const { present } = studio.editor.getState().history;
  const nodes = selected(studio, "node");
  const all = nodes.every((node) => isBypassed(present, node));
  edit(
    studio,
    { key: all ? "commands.done.unbypass" : "commands.done.bypass", of: nodes },
    (draft) => {
      for (const node of nodes)
        if (all) unbypass(draft, node);
        else if (!isBypassed(present, node)) bypass(draft, studio.registry, node);
    },
  );
}
