import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Document } from "../../runtime/graph/document.ts";
import { useStudio } from "../app/use-studio.ts";
import { OwnFilesError } from "../own-files/own-files-error.ts";
import { useOwnFiles } from "../own-files/use-own-files.ts";
import { useStorage } from "../storage/use-storage.ts";
import type { Choices } from "./choices.ts";
import type { Fit } from "./fit-photo.ts";
import { markedShare, type Mask } from "./mask.ts";
import type { Photo } from "./photo.ts";
import { startRestoration } from "./start-restoration.ts";

interface Asked {
  readonly photo: Photo;
  readonly choices: Choices;
  readonly fit: Fit | null;
  readonly pixels: ImageData | null;
  readonly mask: Mask | null;
  readonly sampler: Document | null;
}

/** Starts the restoration and shows it; `lack` says what is missing first, `problem` what kept it from starting. */
export function useRestore({ photo, choices, fit, pixels, mask, sampler }: Asked) {
  const { t } = useTranslation();
  const studio = useStudio();
  const storage = useStorage();
  const files = useOwnFiles();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const lack =
    lackOf(fit, mask) ?? (isBusy || pixels === null || sampler === null ? waiting : null);
  const restore = async (): Promise<void> => {
    if (lack !== null || fit === null || pixels === null || sampler === null) return;
    setBusy(true);
    setProblem(null);
    const stem = photo.name.replace(/\.[^.]*$/u, "");
    const title = t("restore.document", { name: stem });
    try {
      const asked = { photoName: photo.name, title, sampler, choices, fit, pixels, mask };
      await startRestoration({ studio, storage, files }, asked);
      studio.view.setState({ dialog: "before-after" });
    } catch (fault) {
      if (!(fault instanceof OwnFilesError)) throw fault;
      setProblem(t(fault.words.key, fault.words.values ?? {}));
    } finally {
      setBusy(false);
    }
  };
  return { restore, problem, lack };
}

const waiting = "restore.lack.moment";

/** What a person has yet to do. */
function lackOf(fit: Fit | null, mask: Mask | null): string | null {
  if (fit === null) return "restore.lack.size";
  const share = mask === null ? null : markedShare(mask);
  if (share === 0) return "restore.lack.mask";
  return share === 1 ? "restore.lack.rest" : null;
}
