import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Studio } from "../app/studio.ts";
import { useStudio, useView } from "../app/use-studio.ts";
import { DialogFrame } from "../commands/dialog-frame.tsx";
import { relink } from "../own-files/relink.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { useOwnFiles } from "../own-files/use-own-files.ts";
import { createWorkerLink } from "../run/link.ts";
import { pageServer } from "../run/page-server.ts";
import { createServerLink } from "../run/server-link.ts";
import { startStudioWorker } from "../run/start-worker.ts";
import { followModelDrops } from "./model-drops.ts";
import { createOwnPriorStore, type OwnPriorStore } from "./own-prior-store.ts";
import { askForPrior, ownPriorRequest } from "./own-prior-request.ts";
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
  useEffect(() => {
    const stop = followModelDrops(async ([model, ...beside]) => {
      if (!(await relink(studio, files, model, { beside })))
        askForPrior(studio.view, [model, ...beside]);
    });
    const leave = ownPriorRequest.subscribe(({ files: given }) => {
      if (given.length === 0) return;
      ownPriorRequest.setState({ files: [] });
      void store.actions.take(given);
    });
    return () => {
      stop();
      leave();
    };
  }, [studio, files, store]);
  useEffect(() => (open ? () => store.actions.close() : undefined), [open, store]);
  return (
    <OwnPriorContext value={store}>
      <DialogFrame name="own-prior" title={t("priors.title")} description={t("priors.about")}>
        <Suspense fallback={<p className="own-prior-loading">{t("priors.loading")}</p>}>
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
