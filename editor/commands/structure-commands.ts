import type { Studio } from "../app/studio.ts";
import type { zoneTypes } from "../../runtime/graph/document.ts";
import { moveInto } from "../document/edits/move-into.ts";
import { unwrap, wrapInZone } from "../document/edits/wrap.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, scopeKeyOf } from "../document/keys.ts";
import { innerScopes } from "../../runtime/graph/scope.ts";
import { nodeAt } from "../document/places.ts";
import type { Command } from "./command.ts";
import { edit, restructure } from "./done.ts";
import { hasZone, needs, selected, zonesOf } from "./selected.ts";

type ZoneType = (typeof zoneTypes)[number];

/** Zones: making them, taking them apart, moving nodes across their borders. */
export const structureCommands: readonly Command[] = [
  {
    id: "edit.wrapRepeat",
    keys: ["l"],
    focus: "canvas",
    when: needs("node"),
    run: wraps("zone/repeat"),
  },
  {
    id: "edit.wrapForEach",
    keys: ["Shift+l"],
    focus: "canvas",
    when: needs("node"),
    run: wraps("zone/for-each"),
  },
  { id: "edit.wrapWhile", when: needs("node"), run: wraps("zone/while") },
  { id: "edit.wrapIf", when: needs("node"), run: wraps("zone/if") },
  { id: "edit.unwrap", keys: ["Shift+u"], focus: "canvas", when: hasZone, run: unwraps },
  { id: "edit.moveOut", keys: ["Alt+PageUp"], focus: "canvas", when: isInZone, run: moveOut },
  {
    id: "edit.moveInto",
    keys: ["Alt+PageDown"],
    focus: "canvas",
    when: hasZoneBeside,
    run: moveIn,
  },
];

function wraps(type: ZoneType) {
  return (studio: Studio): void => {
    const nodes = selected(studio, "node");
    let zone: Key | null = null;
    restructure(studio, { key: "commands.done.wrap", of: nodes }, (draft) => {
      zone = wrapInZone(draft, studio.registry, nodes, type);
    });
    if (zone !== null) studio.editor.actions.select([zone]);
  };
}

function unwraps(studio: Studio): void {
  const zones = zonesOf(studio);
  let freed: readonly Key[] = [];
  restructure(studio, { key: "commands.done.unwrap", of: zones }, (draft) => {
    freed = zones.flatMap((zone) => unwrap(draft, zone));
  });
  studio.editor.actions.select(freed);
}

/** Nodes of the body that the first selected one is in. */
function together(studio: Studio): readonly Key[] {
  const nodes = selected(studio, "node");
  return nodes.filter((key) => scopeKeyOf(key) === scopeKeyOf(nodes[0] ?? ""));
}

function isInZone(studio: Studio): true | Message {
  const [first] = together(studio);
  if (first === undefined) return { key: "commands.lack.node" };
  return /(^|\/)graph$/.test(scopeKeyOf(first)) ? { key: "commands.lack.inZone" } : true;
}

function moveOut(studio: Studio): void {
  const nodes = together(studio);
  const body = scopeKeyOf(nodes[0] ?? "").replace(/\/(then|else)\/body$|\/body$/, "");
  relocate(studio, { key: "commands.done.moveOut", nodes, body: scopeKeyOf(body) });
}

/** The one zone among what is selected takes the others in. */
function hasZoneBeside(studio: Studio): true | Message {
  const zones = zonesOf(studio);
  return zones.length === 1 && together(studio).length > 1
    ? true
    : { key: "commands.lack.zoneBeside" };
}

function moveIn(studio: Studio): void {
  const [zone = ""] = zonesOf(studio);
  const place = nodeAt(studio.editor.getState().history.present, zone);
  const inner = place === null ? undefined : innerScopes(place.scope, place.id, place.node)[0];
  if (inner === undefined) return;
  const nodes = together(studio).filter((key) => key !== zone);
  relocate(studio, { key: "commands.done.moveInto", nodes, body: keyOf(inner.path) });
}

interface Relocation {
  readonly key: string;
  readonly nodes: readonly Key[];
  readonly body: Key;
}

function relocate(studio: Studio, { key, nodes, body }: Relocation): void {
  let moved: readonly Key[] = [];
  edit(studio, { key, of: nodes }, (draft) => {
    moved = moveInto(draft, nodes, body);
  });
  studio.editor.actions.select(moved);
}
