import { Popover } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import type { Origin, Refusal } from "../document/connect.ts";
import { connect } from "../document/edits/connect.ts";
import { expose } from "../document/edits/expose.ts";
import { insertNew } from "../document/edits/insert-on-wire.ts";
import type { Message, Recipe } from "../document/history.ts";
import type { Key } from "../document/keys.ts";
import { keyOf } from "../document/keys.ts";
import { sinkAt } from "../document/sinks.ts";

/** A wire that may not be drawn as it is, where it was dropped, and what would help. */
export interface Trouble {
  readonly screen: { readonly x: number; readonly y: number };
  readonly origin: Origin;
  readonly target: Key;
  readonly refusal: Refusal;
}

interface Cure {
  readonly name: Message;
  readonly recipe: Recipe;
}

/** Whether anything is offered for a refusal. */
export const isCurable = ({ fields, adapters, exits }: Refusal): boolean =>
  fields.length + adapters.length + exits.length > 0;

/** What would make a refused wire fit: a field of the value, a node between, a way out of the zone. */
export function Cures({
  trouble,
  onClose,
}: {
  readonly trouble: Trouble;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { editor } = useStudio();
  const cures = useCures(trouble);
  const { x, y } = trouble.screen;
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>
        <span className="palette-anchor" style={{ left: x, top: y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content className="canvas-cures" align="start" collisionPadding={12}>
          <p>{t(trouble.refusal.why.key, trouble.refusal.why.values ?? {})}</p>
          {cures.map(({ name, recipe }) => (
            <button
              key={JSON.stringify(name)}
              type="button"
              className="canvas-cure-button"
              onClick={() => {
                editor.actions.edit({ label: name }, recipe);
                onClose();
              }}
            >
              {t(name.key, name.values ?? {})}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function useCures({ origin, target, refusal }: Trouble): readonly Cure[] {
  const { registry, analysis } = useStudio();
  const sink = sinkAt(analysis.getState(), registry, target);
  const reader = sink === null ? null : keyOf(sink.scope.path);
  return [
    ...refusal.fields.map((ref) => ({
      name: { key: "canvas.cure.field", values: { ref } },
      recipe: ((draft) => connect(draft, target, ref)) satisfies Recipe,
    })),
    ...refusal.adapters.map((type) => ({
      name: {
        key: "canvas.cure.adapter",
        values: { type: registry.versions(type)[0]?.title ?? type },
      },
      recipe: ((draft) =>
        void insertNew(draft, registry, { type, ref: origin.ref, wire: target })) satisfies Recipe,
    })),
    ...[...new Set(refusal.exits.map((exit) => exit.as))].flatMap((as) =>
      as === "output" || reader === null
        ? []
        : [
            {
              name: { key: `canvas.cure.${as}` },
              recipe: ((draft) => {
                const way = as === "scan" ? ({ as } as const) : ({ as, init: "" } as const);
                const from = { scope: keyOf(origin.scope.path), ref: origin.ref };
                const ref = expose(draft, from, reader, way);
                if (ref !== null) connect(draft, target, ref);
              }) satisfies Recipe,
            },
          ],
    ),
  ];
}
