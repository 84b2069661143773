import { CircleAlert, Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor } from "../app/use-studio.ts";
import { useSince } from "./since.ts";
import { useStored } from "./use-storage.ts";

/** Whether the file says what is on the screen, and whether edits are kept until it does. */
export function FileState() {
  const { t } = useTranslation();
  const { dirty, savedAt, journal } = useStored((state) => state);
  const readOnly = useEditor(({ file }) => file.readOnly === true);
  if (readOnly)
    return (
      <span className="storage-state storage-state-warn" title={t("storage.state.readOnlyWhy")}>
        <Eye size={13} aria-hidden />
        {t("storage.state.readOnly")}
      </span>
    );
  return (
    <>
      {dirty && (
        <span
          className="storage-dot"
          role="img"
          aria-label={t("storage.state.dirty")}
          title={t(journal === "kept" ? "storage.state.kept" : "storage.state.dirty")}
        />
      )}
      {typeof journal === "object" && (
        <span className="storage-state storage-state-warn" title={t(journal.key)}>
          <CircleAlert size={13} aria-hidden />
          {t("storage.state.notKept")}
        </span>
      )}
      {!dirty && savedAt !== null && <Saved at={savedAt} />}
    </>
  );
}

function Saved({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  const since = useSince(at);
  return <span className="storage-state">{t("storage.state.saved", { since })}</span>;
}
