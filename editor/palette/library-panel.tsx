import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../app/use-studio.ts";
import { familyColour } from "../canvas/family-colour.ts";
import { suggest } from "../document/palette.ts";
import { PriorList } from "../own-prior/prior-list.tsx";
import { draggedEntry } from "./dragged-entry.ts";
import { type AnyEntry, useEntries } from "./use-entries.ts";
import "./palette.css";

/** Everything that can be added, by family: drag it onto the canvas, or press Enter to add it in the middle. */
export function LibraryPanel() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const [search, setSearch] = useState("");
  const entries = useEntries();
  const groups = useMemo(
    () => groupsOf(suggest(entries, search, null).map(({ entry }) => entry)),
    [entries, search],
  );
  return (
    <div className="palette-library">
      <input
        className="palette-input"
        type="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        placeholder={t("canvas.palette.search")}
        aria-label={t("canvas.palette.search")}
      />
      <div className="palette-groups">
        {groups.length === 0 && <p className="palette-empty">{t("canvas.palette.none")}</p>}
        <PriorList search={search} />
        {groups.map(([family, members]) => (
          <section key={family}>
            <h3 className="palette-group">{t(`canvas.family.${family}`)}</h3>
            {members.map((entry) => (
              <button
                key={entry.id}
                type="button"
                className="palette-entry"
                draggable
                title={entry.summary}
                onDragStart={(event) => draggedEntry.put(event.dataTransfer, entry)}
                onClick={() => view.setState({ adding: { entry: entry.id } })}
              >
                <span
                  className="palette-symbol"
                  style={{ "--family": familyColour(entry.family) } as React.CSSProperties}
                  aria-hidden
                >
                  {entry.symbol}
                </span>
                {entry.title}
              </button>
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function groupsOf(
  entries: readonly AnyEntry[],
): readonly (readonly [string, readonly AnyEntry[]])[] {
  const groups = new Map<string, AnyEntry[]>();
  for (const entry of entries) {
    const members = groups.get(entry.family) ?? [];
    members.push(entry);
    groups.set(entry.family, members);
  }
  return [...groups];
}
