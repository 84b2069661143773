import { nearest } from "../../../runtime/graph/nearest.ts";
import { neededByDocument } from "../../../runtime/compile/needed-assets.ts";
import { setSlot } from "../../inspector/edits/set-slot.ts";
import { deleteAt, setAt } from "../../document/edits/draft.ts";
import { interfaceAt } from "../../document/places.ts";
import { own } from "../../../runtime/graph/own.ts";
import { valueAt, type Fault, type Fixer, type QuickFix } from "./fix.ts";

/** Models offered at once. */
const most = 3;

/** A path that leads out of the asset folder: the file itself may lie in it. */
const outside: Fixer = (fault) => {
  const file = valueAt(fault);
  const name = typeof file === "string" ? file.split(/[\\/:]/u).at(-1) : undefined;
  const isName = name !== undefined && name !== "" && name !== ".." && !name.includes("\0");
  const label = { key: "problems.fix.replace", values: { from: String(file), to: name ?? "" } };
  const shorten: QuickFix = { label, recipe: (draft) => setAt(draft, fault.key, name) };
  return [...(isName ? [shorten] : []), ...missing(fault)];
};

/** A model that is not there: those that are, the most alike first. */
const missing: Fixer = (fault) => {
  const { analysis, registry, key, models } = fault;
  const file = valueAt(fault);
  const needed = neededByDocument(analysis.document, registry, new Set());
  const isModel = needed.some(({ kind, path }) => kind === "model" && path.join("/") === key);
  if (!isModel || typeof file !== "string") return [];
  const near = nearest(file, models);
  const first = [...(near === null ? [] : [near]), ...models.filter((name) => name !== near)];
  return first.slice(0, most).map((name) => ({
    label: { key: "problems.fix.model", values: { name } },
    recipe: (draft) => setAt(draft, key, name),
  }));
};

/** Another file than the graph was made with is taken for it from now on. */
const changed: Fixer = (fault) => {
  const hash = fault.key.replace(/asset$/u, "sha256");
  if (hash === fault.key || valueAt({ ...fault, key: hash }) === undefined) return [];
  const label = { key: "problems.fix.accept", values: { name: String(valueAt(fault)) } };
  return [{ label, recipe: (draft) => deleteAt(draft, hash) }];
};

/** A graph that waits for its prior: one that Denoodle comes with. */
const slot: Fixer = ({ analysis, key, models }: Fault) => {
  const place = interfaceAt(key);
  const kind = place?.block === null ? own(analysis.document.inputs, place.name)?.kind : null;
  if (kind !== "prior") return [];
  return models.slice(0, most).map((model) => ({
    label: { key: "problems.fix.model", values: { name: model } },
    recipe: setSlot(key, "default", { type: "prior/onnx", v: 1, params: { model } }),
  }));
};

export const fileFixers: Readonly<Record<string, Fixer>> = {
  "asset.outside": outside,
  "asset.missing": missing,
  "asset.changed": changed,
  "slot.missing": slot,
};
