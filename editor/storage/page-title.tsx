import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../app/use-studio.ts";
import { useStored } from "./use-storage.ts";

/** Keeps the title of the browser's tab: the document's name, whether it is saved, whether edits are kept. */
export function PageTitle() {
  const { t } = useTranslation();
  const name = useEditor(({ history }) => history.present.name);
  const dirty = useStored((state) => state.dirty);
  const failed = useStored((state) => typeof state.journal === "object");
  const form = failed ? "notKept" : dirty ? "dirty" : "clean";
  const title = t(`storage.pageTitle.${form}`, { name });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
