import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Studio } from "../app/studio.ts";
import { useStudio, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import type { OwnFiles } from "../own-files/own-files.ts";
import { useOwnFiles } from "../own-files/use-own-files.ts";
import { createWorkerLink } from "../run/link.ts";
import { pageServer } from "../run/page-server.ts";
import { createServerLink } from "../run/server-link.ts";
import { startStudioWorker } from "../run/start-worker.ts";
import { followModelDrops } from "./model-drops.ts";
import { createOwnPriorStore, type OwnPriorStore } from "./own-prior-store.ts";
import { createPriorChecks } from "./prior-checks.ts";
import { OwnPriorContext } from "./use-own-prior.ts";

const Wizard = lazy(async () => ({ default: (await import("./wizard.tsx")).Wizard }));

/** The dialog that makes a prior of an .onnx file; a model that is dropped on the page opens it. */
export function OwnPrior({ base }: { readonly base: URL }) {
  const { t } = useTranslation();
  const studio = useStudio();
  const files = useOwnFiles();
  const [store] = useState(() => createStore(studio, files, base));
  const open = useView(({ dialog }) => dialog === "own-prior");
  useEffect(
    () =>
      followModelDrops((dropped) => {
        studio.view.setState({ dialog: "own-prior" });
        void store.actions.take(dropped);
      }),
    [studio, store],
  );
  useEffect(() => (open ? () => store.actions.close() : undefined), [open, store]);
  return (
    <OwnPriorContext value={store}>
      <DialogFrame name="own-prior" title={t("ownPrior.title")} description={t("ownPrior.about")}>
        <Suspense fallback={<p className="own-prior-loading">{t("ownPrior.loading")}</p>}>
          {open && <Wizard />}
        </Suspense>
      </DialogFrame>
    </OwnPriorContext>
  );
}

/** Checks are made where runs are, in a studio of their own. */
function createStore({ run }: Studio, ownFiles: OwnFiles, base: URL): OwnPriorStore {
  const open = () => {
    const server = run.getState().where === "server" ? pageServer() : null;
    return server === null ? createWorkerLink(startStudioWorker(base)) : createServerLink(server);
  };
  return createOwnPriorStore({
    checks: createPriorChecks(open),
    ownFiles,
    settings: () => run.getState(),
  });
}
