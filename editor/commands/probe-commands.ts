import type { Studio } from "../app/studio.ts";
import type { Message } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { keyOf, uiNameOf } from "../document/keys.ts";
import { readsOf } from "../document/reads.ts";
import { uiOf } from "../document/ui.ts";
import { toggleProbe } from "../document/edits/toggle-probe.ts";
import type { Command } from "./command.ts";
import { portMeant, selected } from "./selected.ts";
import { viewAt } from "./view-at.ts";

/** Watching wires while the graph runs. */
export const probeCommands: readonly Command[] = [
  { id: "edit.probe", keys: ["p"], focus: "canvas", when: hasProbed, run: probes },
];

/** The wires meant, as probes name them (`anneal/denoise.x0`): the port, else what the wire reads, else a node's first output. */
export function wiresMeant(studio: Studio): readonly string[] {
  const { history, selection } = studio.editor.getState();
  const port = portMeant(studio.view.getState().port, selection);
  const output = port === null ? null : outputName(port);
  if (output !== null) return [output];
  const analysis = studio.analysis.getState();
  const ofNodes = selected(studio, "node").flatMap((key) => {
    const first = viewAt(analysis, studio.registry, key)?.outputs[0];
    return first === undefined ? [] : [`${uiNameOf(key)}.${first.name}`];
  });
  const ofWires = readsOf(history.present)
    .filter(({ key }) => selection.includes(key))
    .flatMap(({ from }) => {
      if (from?.source.kind !== "port") return [];
      const { scope, id, port: name } = from.source;
      return [`${uiNameOf(keyOf([...scope.path, id]))}.${name}`];
    });
  return [...new Set([...ofNodes, ...ofWires])];
}

function outputName(port: Key): string | null {
  const [, node, name] = /^(.*)\/out\/([^/]+)$/.exec(port) ?? [];
  return node === undefined || name === undefined ? null : `${uiNameOf(node)}.${name}`;
}

function hasProbed(studio: Studio): true | Message {
  return wiresMeant(studio).length > 0 ? true : { key: "commands.lack.probe" };
}

/** All are watched, or none any more where all were. */
function probes(studio: Studio): void {
  const wires = wiresMeant(studio);
  const watched = uiOf(studio.editor.getState().history.present).probes;
  const all = wires.every((wire) => watched.includes(wire));
  const label = {
    key: all ? "commands.done.unprobe" : "commands.done.probe",
    values: { names: wires.join(", ") },
  };
  studio.editor.actions.edit({ label }, (draft) => {
    for (const wire of wires) if (watched.includes(wire) === all) toggleProbe(wire)(draft);
  });
}
