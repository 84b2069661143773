import { kindBytes, kindOf } from "../own-files/kind-of.ts";
import { relink } from "../own-files/relink.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { askForPrior } from "../own-prior/own-prior-request.ts";
import { askToRestore } from "../restore/restore-request.ts";
import type { TakeFile } from "../storage/storage.ts";
import type { Studio } from "./studio.ts";

const pictureName = /\.(?:png|jpe?g|webp)$/iu;

/** What becomes of a dropped file that is no graph: one that the graph lacks, else a photo to restore or a prior to test. */
export const takeDropped =
  (studio: Studio, files: OwnFiles): TakeFile =>
  async (file) => {
    const head = new Uint8Array(await file.slice(0, kindBytes).arrayBuffer());
    // A picture that is damaged from its first byte on is told so where pictures are read.
    const kind = kindOf(file.name, head) ?? (pictureName.test(file.name) ? "picture" : null);
    if (kind === null) return false;
    if (await relink(studio, files, file)) return true;
    if (kind === "picture") askToRestore(studio.view, file);
    if (kind === "model") askForPrior(studio.view, [file]);
    return kind === "picture" || kind === "model";
  };
