import "./gallery.css";
import { ImageUp, Plus, Search, type LucideIcon } from "lucide-react";
import { useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { PageLibrary } from "../run/library.ts";
import { useStorage } from "../storage/use-storage.ts";
import { moveInGrid } from "./arrow-keys.ts";
import {
  chosenBy,
  entriesOf,
  everything,
  type GalleryEntry,
  type GalleryFilter,
  problemsOf,
  shelves,
} from "./gallery-entry.ts";
import { GraphCard } from "./graph-card.tsx";
import { neededByDocument } from "../../runtime/compile/needed-assets.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { useOpenGraph } from "./use-open-graph.ts";

type Library = Pick<PageLibrary, "manifest" | "document" | "urlOf">;

/** All graphs that Denoodle comes with; choosing one opens a copy of it. */
export function GalleryDialog({ library }: { readonly library: Library }) {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "gallery");
  return (
    <DialogFrame name="gallery" title={t("gallery.name")} description={t("gallery.about")}>
      {open && <Gallery library={library} />}
    </DialogFrame>
  );
}

/** Whether it runs in a moment, as the opening example does. */
const needsNoFile = (document: Document, registry: Registry): boolean =>
  document.task === undefined && neededByDocument(document, registry, new Set()).length === 0;

function Gallery({ library }: { readonly library: Library }) {
  const { t } = useTranslation();
  const { view, editor, run, registry } = useStudio();
  const { actions } = useStorage();
  const [filter, setFilter] = useState(everything);
  const grid = useRef<HTMLUListElement>(null);
  const entries = useMemo(() => entriesOf(library.manifest), [library]);
  const chosen = useMemo(() => chosenBy(entries, filter), [entries, filter]);
  const openGraph = useOpenGraph(library);
  const choose = async ({ shelf, name }: GalleryEntry) => {
    const document = await openGraph(shelf, name);
    if (document === null) return;
    view.setState({ dialog: null });
    await actions.openNew(document);
    const isOpen = editor.getState().history.present === document;
    if (isOpen && shelf === "examples" && needsNoFile(document, registry)) run.actions.start();
  };
  return (
    <>
      <Filters entries={entries} filter={filter} onFilter={setFilter} grid={grid} />
      <div className="gallery-count">
        <span role="status">{t("gallery.count", { count: chosen.length })}</span>
        <OwnEntries />
      </div>
      <ul
        ref={grid}
        className="gallery-grid"
        onKeyDown={(event) => {
          if (moveInGrid(event.currentTarget, event.key)) event.preventDefault();
        }}
      >
        {chosen.map((entry) => (
          <GraphCard
            key={`${entry.shelf}/${entry.name}`}
            entry={entry}
            pictureUrl={entry.picture && library.urlOf(entry.picture).href}
            onChoose={() => void choose(entry)}
          />
        ))}
      </ul>
      {chosen.length === 0 && (
        <div className="gallery-none">
          <p>{t("gallery.none")}</p>
          <button type="button" className="storage-button" onClick={() => setFilter(everything)}>
            {t("gallery.showAll")}
          </button>
        </div>
      )}
    </>
  );
}

/** The ways from the gallery to a photo and a prior of one's own. */
function OwnEntries() {
  const { t } = useTranslation();
  const { view } = useStudio();
  const entry = (dialog: "restore" | "own-prior", Icon: LucideIcon, name: string) => (
    <button type="button" className="storage-button" onClick={() => view.setState({ dialog })}>
      <Icon size={15} aria-hidden />
      {name}
    </button>
  );
  return (
    <span className="gallery-own">
      {entry("restore", ImageUp, t("commands.restore.photo"))}
      {entry("own-prior", Plus, t("gallery.ownPrior"))}
    </span>
  );
}

interface FiltersProps {
  readonly entries: readonly GalleryEntry[];
  readonly filter: GalleryFilter;
  readonly onFilter: (filter: GalleryFilter) => void;
  readonly grid: RefObject<HTMLUListElement | null>;
}

function Filters({ entries, filter, onFilter, grid }: FiltersProps) {
  const { t } = useTranslation();
  const problems = useMemo(() => problemsOf(entries), [entries]);
  return (
    <div className="gallery-filters">
      <label className="gallery-search">
        <Search size={15} aria-hidden />
        <input
          type="search"
          autoFocus
          value={filter.words}
          placeholder={t("gallery.search")}
          aria-label={t("gallery.search")}
          onChange={(event) => onFilter({ ...filter, words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "ArrowDown") return;
            event.preventDefault();
            grid.current?.querySelector("button")?.focus();
          }}
        />
      </label>
      <div className="gallery-shelves" role="group" aria-label={t("gallery.shelves")}>
        {[null, ...shelves].map((shelf) => (
          <button
            key={shelf ?? "all"}
            type="button"
            className="gallery-shelf"
            aria-pressed={filter.shelf === shelf}
            onClick={() => onFilter({ ...filter, shelf })}
          >
            {t(`gallery.many.${shelf ?? "all"}`)}
          </button>
        ))}
      </div>
      <select
        className="gallery-select"
        aria-label={t("gallery.problem")}
        value={filter.problem ?? ""}
        onChange={({ target }) =>
          onFilter({ ...filter, problem: target.value === "" ? null : target.value })
        }
      >
        <option value="">{t("gallery.anyProblem")}</option>
        {problems.map((problem) => (
          <option key={problem}>{problem}</option>
        ))}
      </select>
      <label className="gallery-check">
        <input
          type="checkbox"
          checked={filter.withoutGradient}
          onChange={({ target }) => onFilter({ ...filter, withoutGradient: target.checked })}
        />
        {t("gallery.withoutGradient")}
      </label>
    </div>
  );
}
