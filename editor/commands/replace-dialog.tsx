import { Command as List, defaultFilter } from "cmdk";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useEditor, useStudio } from "../app/use-studio.ts";
import { replaceNode } from "../document/edits/replace-node.ts";
import type { Key } from "../document/keys.ts";
import { idOf } from "../document/keys.ts";
import { type PaletteEntry, paletteOf } from "../document/palette.ts";
import type { NodeView } from "../document/node-view.ts";
import { DialogFrame } from "./dialog-frame.tsx";
import { viewAt } from "./view-at.ts";

/** Puts another kind of node in a node's place; its wires stay where they fit. */
export function ReplaceDialog() {
  const { t } = useTranslation();
  const key = useEditor(({ selection }) => selection[0] ?? null);
  return (
    <DialogFrame name="replace" title={t("commands.edit.replace")} bare>
      {key === null ? null : <Entries of={key} />}
    </DialogFrame>
  );
}

function Entries({ of }: { readonly of: Key }) {
  const { t } = useTranslation();
  const { registry, editor, view } = useStudio();
  const analysis = useAnalysis((all) => all);
  const entries = useMemo(() => {
    const now = viewAt(analysis, registry, of);
    const all = paletteOf(analysis.document, registry);
    return now === null ? [] : all.toSorted((a, b) => likeness(now, b) - likeness(now, a));
  }, [analysis, registry, of]);
  const [search, setSearch] = useState("");
  const found = useMemo(() => foundIn(entries, search.trim()), [entries, search]);
  const choose = (entry: PaletteEntry) => {
    view.setState({ dialog: null });
    const values = { name: idOf(of), title: entry.title };
    editor.actions.edit({ label: { key: "commands.done.replace", values } }, (draft) =>
      replaceNode(draft, registry, of, entry.node),
    );
  };
  return (
    <List className="commands-list" label={t("commands.edit.replace")} shouldFilter={false} loop>
      <List.Input
        value={search}
        onValueChange={setSearch}
        className="commands-input"
        placeholder={t("commands.replace.search", { name: idOf(of) })}
      />
      <List.List className="commands-items" label={t("commands.edit.replace")}>
        <List.Empty className="commands-empty">{t("commands.replace.none")}</List.Empty>
        {found.map((entry) => (
          <List.Item
            key={entry.id}
            className="commands-item"
            value={entry.id}
            onSelect={() => choose(entry)}
          >
            <span className="commands-name" translate="no">
              {entry.title}
            </span>
            <span className="commands-reason" translate="no">
              {entry.id}
            </span>
          </List.Item>
        ))}
      </List.List>
    </List>
  );
}

/** What a search finds, the best first; without one all of them as they are. */
function foundIn(entries: readonly PaletteEntry[], search: string): readonly PaletteEntry[] {
  if (search === "") return entries;
  return entries
    .map((entry) => [defaultFilter(entry.id, search, [entry.title, entry.symbol]), entry] as const)
    .filter(([score]) => score > 0)
    .toSorted(([a], [b]) => b - a)
    .map(([, entry]) => entry);
}

/** Ports of the same name and kind, and the same family: how much of the wiring would stay. */
function likeness(now: NodeView, entry: PaletteEntry): number {
  const same = (ports: NodeView["inputs"], others: PaletteEntry["inputs"]) =>
    ports.filter(
      ({ name, type }) => Object.hasOwn(others, name) && others[name]?.kind === type?.kind,
    ).length;
  const family = now.family === entry.family ? 1 : 0;
  return 2 * same(now.inputs, entry.inputs) + 2 * same(now.outputs, entry.outputs) + family;
}
