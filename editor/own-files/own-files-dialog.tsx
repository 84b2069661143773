import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";

const FileList = lazy(async () => ({ default: (await import("./file-list.tsx")).FileList }));

/** The user's own files: what this browser keeps, and what of it the graph uses. */
export function OwnFilesDialog() {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "own-files");
  return (
    <DialogFrame name="own-files" title={t("files.title")} description={t("files.about")}>
      <Suspense>{open && <FileList />}</Suspense>
    </DialogFrame>
  );
}
