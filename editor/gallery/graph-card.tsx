import { Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { GalleryEntry } from "./gallery-entry.ts";

interface Props {
  readonly entry: GalleryEntry;
  readonly pictureUrl: string | null;
  readonly onChoose: () => void;
  /** In a choice of one: whether it is the one. */
  readonly chosen?: boolean;
  /** Instead of what the gallery says of it. */
  readonly tags?: readonly string[];
}

/** A shipped graph: its picture, what it is, and what it takes. */
export function GraphCard({ entry, pictureUrl, onChoose, chosen, tags }: Props) {
  return (
    <li>
      <button
        type="button"
        className="gallery-card"
        onClick={onChoose}
        {...(chosen === undefined ? {} : { "aria-pressed": chosen })}
      >
        <span className="gallery-picture">
          {pictureUrl === null ? (
            <Waypoints size={28} aria-hidden />
          ) : (
            <img src={pictureUrl} alt="" loading="lazy" decoding="async" width={194} height={96} />
          )}
        </span>
        <span className="gallery-title">{entry.title}</span>
        <span className="gallery-summary">{entry.summary}</span>
        {tags === undefined ? <Tags entry={entry} /> : <Given tags={tags} />}
        {entry.paper !== "" && <span className="gallery-paper">{entry.paper}</span>}
      </button>
    </li>
  );
}

function Tags({ entry: { shelf, problem, nfe, vjpCalls } }: { readonly entry: GalleryEntry }) {
  const { t } = useTranslation();
  return (
    <span className="gallery-tags">
      <span>{t(`gallery.one.${shelf}`)}</span>
      {problem !== null && shelf !== "tasks" && <span>{problem}</span>}
      {nfe !== null && <span>{t("gallery.nfe", { count: nfe })}</span>}
      {vjpCalls !== null && vjpCalls > 0 && <span>{t("gallery.gradient")}</span>}
    </span>
  );
}

const Given = ({ tags }: { readonly tags: readonly string[] }) => (
  <span className="gallery-tags">
    {tags.map((tag) => (
      <span key={tag}>{tag}</span>
    ))}
  </span>
);
