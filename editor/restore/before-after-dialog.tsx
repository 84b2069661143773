import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { PageLibrary } from "../run/library.ts";

const BeforeAfter = lazy(async () => {
  const { BeforeAfter: view } = await import("./before-after.tsx");
  return { default: view };
});

/** What is restored beside what it was restored from, while it runs and after. */
export function BeforeAfterDialog({
  library,
}: {
  readonly library: Pick<PageLibrary, "manifest" | "urlOf">;
}) {
  const { t } = useTranslation();
  const open = useView(({ dialog }) => dialog === "before-after");
  return (
    <DialogFrame
      name="before-after"
      title={t("restore.compare.title")}
      description={t("restore.compare.about")}
    >
      <Suspense>{open && <BeforeAfter library={library} />}</Suspense>
    </DialogFrame>
  );
}
