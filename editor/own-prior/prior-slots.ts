import type { Document } from "../../runtime/graph/document.ts";
import { setSlot } from "../inspector/edits/set-slot.ts";
import type { EditorStore } from "../state/editor-store.ts";

/** The inputs of a graph that take a prior, by name. */
export const priorSlots = ({ inputs }: Pick<Document, "inputs">): readonly string[] =>
  Object.entries(inputs).flatMap(([name, { kind }]) => (kind === "prior" ? [name] : []));

/** What stands in a slot for a model: `mine` of `mine.onnx`, as documents name shipped ones. */
export const priorOf = (file: string) => ({
  type: "prior/onnx",
  v: 1,
  params: { model: file.replace(/\.onnx$/iu, "") },
});

/** Puts a model into an input of the open graph, as one gesture. */
export function putIntoSlot({ actions }: EditorStore, slot: string, file: string): void {
  actions.edit(
    { label: { key: "priors.edit", values: { slot, name: file } } },
    setSlot(`inputs/${slot}`, "default", priorOf(file)),
  );
}
