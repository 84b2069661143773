import { Popover } from "radix-ui";
import { useTranslation } from "react-i18next";
import { useAnalysis, useStudio } from "../app/use-studio.ts";
import { curesOf, type RefusedWire } from "../document/cures.ts";

/** A wire that may not be drawn as it is, where it was dropped, and what would help. */
export interface Trouble extends RefusedWire {
  readonly screen: { readonly x: number; readonly y: number };
}

/** What would make a refused wire fit: a field of the value, a node between, a way out of the zone. */
export function Cures({
  trouble,
  onClose,
}: {
  readonly trouble: Trouble;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { editor, registry } = useStudio();
  const cures = curesOf(
    useAnalysis((now) => now),
    registry,
    trouble,
  );
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
