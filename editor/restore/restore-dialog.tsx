import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { PageLibrary } from "../run/library.ts";

const RestoreForm = lazy(async () => {
  const { RestoreForm: form } = await import("./restore-form.tsx");
  return { default: form };
});

/** Restores a photo of the user's own: without a ground truth, and without sending it anywhere. */
export function RestoreDialog({
  library,
}: {
  readonly library: Pick<PageLibrary, "manifest" | "document">;
}) {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "restore");
  return (
    <DialogFrame name="restore" title={t("restore.title")} description={t("restore.about")}>
      <Suspense>{open && <RestoreForm library={library} />}</Suspense>
    </DialogFrame>
  );
}
