import type { Document } from "../../runtime/graph/document.ts";
import type { Studio } from "../app/studio.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import type { Storage } from "../storage/storage.ts";
import { type Choices, damageOf } from "./choices.ts";
import { operatorOf } from "./damage.ts";
import type { Fit } from "./fit-photo.ts";
import { maskNpy } from "./mask-npy.ts";
import type { Mask } from "./mask.ts";
import { photoPng } from "./prepare.ts";
import { restorationOf, stepsOf } from "./restoration.ts";

/** What is restored, and how. */
export interface Restoring {
  /** Of the photo's file. */
  readonly photoName: string;
  /** Of the document. */
  readonly title: string;
  readonly sampler: Document;
  readonly choices: Choices;
  readonly fit: Fit;
  readonly pixels: ImageData;
  /** Null where nothing is missing. */
  readonly mask: Mask | null;
}

/**
 * Keeps the photo and its mask as own files, opens a document that restores the one with the other, and runs it.
 *
 * @throws OwnFilesError where the browser has no room for them.
 */
export async function startRestoration(
  { studio, storage, files }: { studio: Studio; storage: Storage; files: OwnFiles },
  { photoName, title, sampler, choices, fit, pixels, mask }: Restoring,
): Promise<void> {
  const stem = photoName.replace(/\.[^.]*$/u, "");
  const photo = await files.put(`${stem}-measured.png`, await photoPng(pixels, mask), "picture");
  const kept = mask && (await files.put(`${stem}-mask.npy`, maskNpy(mask, fit), "array"));
  const { noiseStd, model, steps } = choices;
  const document = restorationOf(sampler, {
    name: title,
    photo,
    operator: operatorOf(damageOf(choices), kept?.name ?? null),
    noiseStd,
    model,
    steps: steps ?? stepsOf(sampler) ?? 1,
  });
  await storage.actions.openNew(document);
  studio.run.actions.start();
}
