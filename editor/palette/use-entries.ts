import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type SlotKind, slotKinds } from "../../runtime/graph/document.ts";
import { slotTypes } from "../../runtime/graph/node-ports.ts";
import { useAnalysis, useStudio } from "../app/use-studio.ts";
import type { NodeKind } from "../document/edits/add-node.ts";
import { familyOf, symbolOf } from "../document/view/symbols.ts";
import { useModels } from "../own-prior/use-models.ts";
import { paletteOf, type PaletteEntry } from "../document/palette.ts";

/** What can be added beside nodes: an input of the graph or the block, words, a ground under nodes. */
type OtherKind =
  | { readonly kind: "slot"; readonly slot: SlotKind }
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
    return [...paletteOf(document, registry), ...slots, ...words];
  }, [t, document, registry]);
}
