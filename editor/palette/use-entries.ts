import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type SlotKind, slotKinds } from "../../runtime/graph/document.ts";
import { slotTypes } from "../../runtime/graph/node-ports.ts";
import { useAnalysis, useStudio } from "../app/use-studio.ts";
import type { NodeKind } from "../document/edits/add-node.ts";
import { familyOf, symbolOf } from "../document/view/symbols.ts";
import { useModels } from "../own-prior/use-models.ts";
import { paletteOf, type PaletteEntry } from "../document/palette.ts";
import type { ShelfBlock } from "../blocks/shelf-block.ts";
import { useShelf } from "../blocks/use-shelf.ts";

/** What can be added beside nodes: an input of the graph or the block, a block of another file, words, a ground under nodes. */
type OtherKind =
  | { readonly kind: "slot"; readonly slot: SlotKind }
  | { readonly kind: "shelf"; readonly block: ShelfBlock }
  | { readonly kind: "note" }
  | { readonly kind: "frame" };

export type AnyEntry = PaletteEntry<NodeKind | OtherKind>;

/** The node of a trained model. */
const ofModel = "prior/onnx";

/** Trained models by name, the user's own first: each is the prior node that names it. */
export function useModelEntries(): readonly AnyEntry[] {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const { shipped, own } = useModels();
  return useMemo(() => {
    const [definition] = registry.versions(ofModel);
    const entry = (model: string, whose: string): AnyEntry => ({
      id: `model:${model}`,
      node: { kind: "node", type: ofModel, params: { model } },
      title: model,
      family: familyOf(ofModel),
      symbol: symbolOf(ofModel),
      summary: t("canvas.other.model.summary", { whose }),
      source: "",
      inputs: definition?.inputs ?? {},
      outputs: definition?.outputs ?? {},
    });
    return [
      ...own.map((name) => entry(name, t("priors.list.own"))),
      ...shipped.map((name) => entry(name, t("priors.list.shipped"))),
    ];
  }, [t, registry, shipped, own]);
}

/** All else that can be added to the graph that is open. */
export function useEntries(): readonly AnyEntry[] {
  const { t } = useTranslation();
  const { registry } = useStudio();
  const document = useAnalysis((state) => state.document);
  const shelf = useShelf();
  return useMemo(() => {
    const named = (family: string, what: string, values = {}) => ({
      family,
      title: t(`canvas.other.${what}.title`, values),
      summary: t(`canvas.other.${what}.summary`, values),
      source: "",
      inputs: {},
      outputs: {},
    });
    const slots = slotKinds.map((slot): AnyEntry => ({
      ...named("slot", "slot", { kind: slot }),
      id: `slot:${slot}`,
      node: { kind: "slot", slot },
      symbol: "@",
      outputs: { out: slotTypes[slot] },
    }));
    const words = (["note", "frame"] as const).map((kind): AnyEntry => ({
      ...named("note", kind),
      id: kind,
      node: { kind },
      symbol: kind === "note" ? "¶" : "▢",
    }));
    // The user's own may be another block than the graph's of its name; if it is the same, that one is used.
    const isOther = ({ whose, name }: ShelfBlock): boolean =>
      whose === "own" || !Object.hasOwn(document.blocks, name);
    const blocks = shelf.filter(isOther).map(entryOf);
    return [...paletteOf(document, registry), ...blocks, ...slots, ...words];
  }, [t, document, registry, shelf]);
}

function entryOf(block: ShelfBlock): AnyEntry {
  const { whose, name, title, summary, paper, inputs } = block;
  return {
    id: `${whose === "own" ? "own-block" : "block"}:${name}`,
    node: { kind: "shelf", block },
    title,
    family: `${whose}Block`,
    symbol: symbolOf("block"),
    summary,
    source: paper,
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([input, kind]) => [input, slotTypes[kind]]),
    ),
    outputs: {},
  };
}
