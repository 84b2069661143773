import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { unreachable } from "../../runtime/base/unreachable.ts";
import { useEditor, useStudio, useView } from "../app/use-studio.ts";
import type { Key } from "../document/keys.ts";
import { thingAt, type Thing } from "./thing.ts";
import { DocumentPanel } from "./things/document-panel.tsx";
import { NodePanel } from "./things/node-panel.tsx";
import { OutputPanel } from "./things/output-panel.tsx";
import { SeveralPanel } from "./things/several-panel.tsx";
import { SlotPanel } from "./things/slot-panel.tsx";
import { UiPanel } from "./things/ui-panel.tsx";
import { WirePanel } from "./things/wire-panel.tsx";
import "./inspector.css";

/** What is selected, and all that can be said and changed of it; the document itself where nothing is. */
export function InspectorPanel() {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  useAskedFocus(panel);
  const selection = useEditor((state) => state.selection);
  const [only] = selection;
  return (
    <div className="inspector" ref={panel} role="region" aria-label={t("inspector.label")}>
      {only === undefined ? (
        <DocumentPanel />
      ) : selection.length > 1 ? (
        <SeveralPanel keys={selection} />
      ) : (
        <Selected key={only} of={only} />
      )}
    </div>
  );
}

function Selected({ of }: { readonly of: Key }) {
  const document = useEditor(({ history }) => history.present);
  const thing = thingAt(document, of);
  if (thing !== null) return <ThingPanel thing={thing} />;
  return of.startsWith("ui/") ? <UiPanel of={of} /> : <DocumentPanel />;
}

function ThingPanel({ thing }: { readonly thing: Thing }) {
  switch (thing.kind) {
    case "node":
    case "zone":
    case "block":
      return <NodePanel thing={thing} />;
    case "slot":
      return <SlotPanel thing={thing} />;
    case "output":
      return <OutputPanel thing={thing} />;
    case "wire":
      return <WirePanel thing={thing} />;
    default:
      return unreachable(thing);
  }
}

/** Takes the keyboard to the first field when the view asks for it. */
function useAskedFocus(panel: React.RefObject<HTMLDivElement | null>): void {
  const { view } = useStudio();
  const isAsked = useView(({ focus }) => focus === "inspector");
  useEffect(() => {
    if (!isAsked) return;
    panel.current
      ?.querySelector<HTMLElement>(
        ".inspector-control :is(input, select, textarea, button), input, textarea, button",
      )
      ?.focus();
    view.setState({ focus: null });
  }, [isAsked, panel, view]);
}
