import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { familyColour } from "../canvas/family-colour.ts";
import { addNode } from "../document/edits/add-node.ts";
import { priorSlots, putIntoSlot } from "./prior-slots.ts";
import { useModels } from "./use-models.ts";

/** Trained priors whose names have the words of a search: one that is pressed stands in the graph's input, or becomes a node. */
export function PriorList({ search }: { readonly search: string }) {
  const { t } = useTranslation();
  const { view } = useStudio();
  const { shipped, own } = useModels();
  const put = usePut();
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const title = t("priors.list.title");
  const fits = (name: string): boolean =>
    words.every((word) => `${title} ${name}`.toLowerCase().includes(word));
  const models = [
    ...own.map((name) => ({ name, about: t("priors.list.own") })),
    ...shipped.map((name) => ({ name, about: t("priors.list.shipped") })),
  ].filter(({ name }) => fits(name));
  const adds = fits(t("priors.list.add"));
  if (models.length === 0 && !adds) return null;
  return (
    <section>
      <h3 className="palette-group">{title}</h3>
      {models.map(({ name, about }) => (
        <button
          key={name}
          type="button"
          className="palette-entry"
          title={about}
          onClick={() => put(name)}
        >
          <Symbol text="p" />
          {name}
        </button>
      ))}
      {adds && (
        <button
          type="button"
          className="palette-entry"
          onClick={() => view.setState({ dialog: "own-prior" })}
        >
          <Symbol text="+" />
          {t("priors.list.add")}
        </button>
      )}
    </section>
  );
}

function Symbol({ text }: { readonly text: string }) {
  const style = { "--family": familyColour("prior") } as React.CSSProperties;
  return (
    <span className="palette-symbol" style={style} aria-hidden>
      {text}
    </span>
  );
}

function usePut(): (name: string) => void {
  const { editor, registry, announce } = useStudio();
  return (name) => {
    const [slot] = priorSlots(editor.getState().history.present);
    if (slot !== undefined) {
      putIntoSlot(editor, slot, name);
      return announce({ key: "priors.keep.used", values: { name, slot } });
    }
    let added = "";
    editor.actions.edit({ label: { key: "edits.add", values: { type: name } } }, (draft) => {
      const node = { kind: "node", type: "prior/onnx" } as const;
      added = addNode(draft, registry, { body: "graph", node, params: { model: name } });
    });
    editor.actions.select([added]);
  };
}
