import type { Studio } from "../app/studio.ts";
import { type Clip, copy, readClip, writeClip } from "../document/clipboard.ts";
import { duplicate, paste, whyNotPaste } from "../document/edits/paste.ts";
import { remove } from "../document/edits/remove.ts";
import type { Key } from "../document/keys.ts";
import { scopeKeyOf } from "../document/keys.ts";
import type { Point } from "../document/ui.ts";
import { cornerOf } from "./boxes.ts";
import type { Command } from "./command.ts";
import { edit } from "./done.ts";
import { bodyOfSelected, needs, selected } from "./selected.ts";

/** Where copied text goes and comes from. */
export interface Clipboard {
  write(text: string): Promise<void>;
  /** Null where the page may not read it. */
  read(): Promise<string | null>;
}

const copied = ["node", "note", "frame"] as const;
const hasCopied = needs(...copied);

/** How far from what it was made of a copy stands, in px. */
const offset = 32;

export const clipboardCommands = (clipboard: Clipboard): readonly Command[] => [
  {
    id: "edit.copy",
    keys: ["$mod+c"],
    focus: "canvas",
    when: hasCopied,
    run: async (studio) => {
      if (await writeSelection(studio, clipboard))
        studio.announce({
          key: "commands.said.copied",
          values: { count: copiedKeys(studio).length },
        });
    },
  },
  {
    id: "edit.cut",
    keys: ["$mod+x"],
    focus: "canvas",
    when: hasCopied,
    run: async (studio) => {
      const keys = copiedKeys(studio);
      if (!(await writeSelection(studio, clipboard))) return;
      edit(studio, { key: "commands.done.cut", of: keys }, (draft) => remove(draft, keys));
      studio.editor.actions.select([]);
    },
  },
  {
    id: "edit.paste",
    keys: ["$mod+v"],
    focus: "canvas",
    native: true,
    run: (studio) => pasteFrom(studio, clipboard, { withWires: false }),
  },
  {
    id: "edit.pasteWired",
    keys: ["$mod+Shift+v"],
    focus: "canvas",
    run: (studio) => pasteFrom(studio, clipboard, { withWires: true }),
  },
  {
    id: "edit.duplicate",
    keys: ["d", "$mod+d"],
    focus: "canvas",
    when: hasCopied,
    run: duplicates,
  },
];

const copiedKeys = (studio: Studio): readonly Key[] => selected(studio, ...copied);

async function writeSelection(studio: Studio, clipboard: Clipboard): Promise<boolean> {
  const clip = copy(studio.editor.getState().history.present, copiedKeys(studio));
  if (clip === null) return false;
  await clipboard.write(writeClip(clip));
  return true;
}

interface How {
  /** New nodes read what the copied ones did. */
  readonly withWires: boolean;
}

async function pasteFrom(studio: Studio, clipboard: Clipboard, how: How): Promise<void> {
  const text = await clipboard.read();
  if (text === null) studio.announce({ key: "commands.lack.clipboard" });
  else pasteText(studio, text, how);
}

/** Adds the nodes that a text holds, or says why not. */
export function pasteText(studio: Studio, text: string, how: How): void {
  const read = readClip(text);
  if ("refused" in read) return studio.announce(read.refused);
  const body = bodyOfSelected(studio, "node");
  const refused = whyNotPaste(read.clip, body);
  if (refused !== null) return studio.announce(refused);
  put(studio, read.clip, { ...how, body });
}

/** Beside what is selected, else at the body's origin. */
function put(
  { editor, registry, ...studio }: Studio,
  clip: Clip,
  { body, ...how }: How & { readonly body: Key },
): void {
  const at = beside({ editor, registry, ...studio }, editor.getState().selection);
  let keys: readonly Key[] = [];
  const label = {
    key: "commands.done.paste",
    values: { names: Object.keys(clip.document.graph).join(", ") },
  };
  editor.actions.edit({ label }, (draft) => {
    keys = paste(draft, clip, { body, at, registry, ...how });
  });
  editor.actions.select(keys);
  studio.view.setState({ camera: "follow" });
}

function duplicates(studio: Studio): void {
  const keys = copiedKeys(studio);
  const at = beside(studio, keys);
  let made: readonly Key[] = [];
  edit(studio, { key: "commands.done.duplicate", of: keys }, (draft) => {
    made = duplicate(draft, studio.registry, keys, at);
  });
  studio.editor.actions.select(made);
}

function beside(studio: Studio, keys: readonly Key[]): Point {
  const [first = ""] = keys;
  const together = keys.filter((key) => scopeKeyOf(key) === scopeKeyOf(first));
  const [x, y] = cornerOf(studio, together) ?? [0, 0];
  return [x + offset, y + offset];
}
