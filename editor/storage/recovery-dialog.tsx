import { useTranslation } from "react-i18next";
import { useStudio, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { DraftHead } from "./journal-record.ts";
import { useSince } from "./since.ts";
import { useStorage, useStored } from "./use-storage.ts";

/** What was not saved when its tab went away. */
export function RecoveryDialog() {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "recovery");
  return (
    <DialogFrame
      name="recovery"
      title={t("storage.recovery.title")}
      description={t("storage.recovery.about")}
    >
      {open && <Drafts />}
    </DialogFrame>
  );
}

function Drafts() {
  const { t } = useTranslation();
  const drafts = useStored((state) => state.recoverable);
  if (drafts.length === 0) return <p className="storage-none">{t("storage.recovery.none")}</p>;
  return (
    <ul className="storage-drafts">
      {drafts.map((draft) => (
        <Draft key={draft.id} draft={draft} />
      ))}
    </ul>
  );
}

function Draft({ draft }: { readonly draft: DraftHead }) {
  const { t } = useTranslation();
  const { view } = useStudio();
  const { actions } = useStorage();
  const since = useSince(draft.at);
  const recover = async () => {
    await actions.recover(draft.id);
    view.setState({ dialog: null });
  };
  return (
    <li className="storage-draft">
      <div className="storage-draft-what">
        <strong>{draft.title}</strong>
        <span>{t("storage.recovery.edited", { file: draft.fileName, since })}</span>
      </div>
      <button
        type="button"
        className="storage-button"
        onClick={() => void actions.discard(draft.id)}
        aria-label={t("storage.recovery.discardNamed", { name: draft.title })}
      >
        {t("storage.recovery.discard")}
      </button>
      <button
        type="button"
        className="storage-button storage-button-main"
        onClick={() => void recover()}
        aria-label={t("storage.recovery.recoverNamed", { name: draft.title })}
      >
        {t("storage.recovery.recover")}
      </button>
    </li>
  );
}
