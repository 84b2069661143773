import { Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { GalleryEntry } from "./gallery-entry.ts";

interface Props {
  readonly entry: GalleryEntry;
  readonly pictureUrl: string | null;
  readonly onChoose: () => void;
  /** In a choice of one: whether it is the one. */
  readonly chosen?: boolean;
}

/** A shipped graph: its picture, what it is, and what it takes. */
export function GraphCard({ entry, pictureUrl, onChoose, chosen }: Props) {
  const { t } = useTranslation();
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
        <span className="gallery-tags">
          <span>{t(`gallery.one.${entry.shelf}`)}</span>
          {entry.problem !== null && entry.shelf !== "tasks" && <span>{entry.problem}</span>}
          {entry.nfe !== null && <span>{t("gallery.nfe", { count: entry.nfe })}</span>}
          {entry.vjpCalls !== null && entry.vjpCalls > 0 && <span>{t("gallery.gradient")}</span>}
        </span>
        {entry.paper !== "" && <span className="gallery-paper">{entry.paper}</span>}
      </button>
    </li>
  );
}
