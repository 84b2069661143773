import { Command as List } from "cmdk";
import { Popover } from "radix-ui";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnalysis, useStudio } from "../app/use-studio.ts";
import { suggest } from "../document/palette.ts";
import { familyColour } from "../canvas/family-colour.ts";
import type { PaletteRequest } from "./palette-request.ts";
import { useAdd } from "./use-add.ts";
import { useEntries, useModelEntries } from "./use-entries.ts";
import { looseEndAt } from "./loose-end.ts";
import "./palette.css";

interface Props {
  readonly request: PaletteRequest;
  readonly onClose: () => void;
}

/** A list at the pointer: type, choose, and the node stands there, wired where a wire was dropped. */
export function AddPalette({ request, onClose }: Props) {
  const { t } = useTranslation();
  const { registry, view } = useStudio();
  const analysis = useAnalysis((state) => state);
  const [search, setSearch] = useState("");
  const loose = useMemo(
    () => (request.from === null ? null : looseEndAt(analysis, registry, request.from)),
    [analysis, registry, request.from],
  );
  const nodes = useEntries();
  const models = useModelEntries();
  const entries = useMemo(() => [...nodes, ...models], [nodes, models]);
  const found = useMemo(() => suggest(entries, search, loose), [entries, search, loose]);
  const add = useAdd();
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>
        <span
          className="palette-anchor"
          style={{ left: request.screen.x, top: request.screen.y }}
        />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="palette"
          align="start"
          side="bottom"
          collisionPadding={12}
          aria-label={t("canvas.palette.title")}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            view.setState({ focus: "canvas" });
          }}
        >
          <List label={t("canvas.palette.title")} shouldFilter={false} loop>
            <List.Input
              className="palette-input"
              value={search}
              onValueChange={setSearch}
              placeholder={t(
                loose === null ? "canvas.palette.search" : "canvas.palette.searchFitting",
              )}
            />
            <List.List className="palette-list">
              <List.Empty className="palette-empty">{t("canvas.palette.none")}</List.Empty>
              {found.slice(0, 60).map(({ entry, port }) => (
                <List.Item
                  key={entry.id}
                  value={entry.id}
                  className="palette-item"
                  onSelect={() => {
                    add(entry, request, port);
                    onClose();
                  }}
                >
                  <span
                    className="palette-symbol"
                    style={{ "--family": familyColour(entry.family) } as React.CSSProperties}
                    aria-hidden
                  >
                    {entry.symbol}
                  </span>
                  <span className="palette-title">{entry.title}</span>
                  <span className="palette-type">{port === null ? entry.id : `→ ${port}`}</span>
                  <span className="palette-summary">{entry.summary}</span>
                </List.Item>
              ))}
            </List.List>
          </List>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
