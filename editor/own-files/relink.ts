import type { Studio } from "../app/studio.ts";
import { bytesOf, keepFile } from "./keep-all.ts";
import { fileLackedBy } from "./missing-file.ts";
import type { LocatedFile } from "./named-files.ts";
import { modelStem, type OwnFile } from "./own-file.ts";
import { OwnFilesError } from "./own-files-error.ts";
import type { OwnFiles } from "./own-files.ts";
import { nameFile } from "./rename-files.ts";

interface Place {
  /** The place in the graph that the file is for; the first that it fits, where it is left out. */
  readonly lacked?: LocatedFile | null;
  /** Files given with it, of which a model's card is one. */
  readonly beside?: readonly File[];
}

/**
 * Gives a file to the graph where it, or its last run, lacked one of its kind, and runs it. The very file that was lacked
 * changes nothing in the graph; another one is named in its place, which can be undone.
 *
 * @returns whether the graph took it.
 */
export async function relink(
  studio: Studio,
  files: OwnFiles,
  file: File,
  { lacked = firstLacked(studio, files, file), beside = [] }: Place = {},
): Promise<boolean> {
  if (lacked === null) return false;
  try {
    const { name } = file;
    const kept = await keepFile(files, name, await bytesOf([file, ...beside]));
    if (kept === null) return refuse(studio, name);
    const isSame = isMeant(lacked, kept);
    if (!isSame)
      studio.editor.actions.edit(
        { label: { key: "files.edit.relink", values: { from: lacked.file, to: kept.name } } },
        (draft) => nameFile(draft, lacked.path, kept),
      );
    studio.announce({ key: "files.relinked", values: { name: kept.name } });
    studio.run.actions.start();
    return true;
  } catch (fault) {
    if (!(fault instanceof OwnFilesError)) throw fault;
    studio.announce(fault.words);
    return true;
  }
}

function refuse(studio: Studio, name: string): true {
  studio.announce({ key: "files.refused.kind", values: { name } });
  return true;
}

/** Whether a run finds the file as the graph names it now. */
const isMeant = ({ file, sha256 }: LocatedFile, kept: OwnFile): boolean =>
  sha256 === undefined
    ? kept.name === file || (kept.kind === "model" && modelStem(kept.name) === file)
    : kept.sha256 === sha256;

function firstLacked({ run, lacks, editor, registry }: Studio, files: OwnFiles, file: File) {
  const { phase, issues: found } = run.getState();
  const issues = [...lacks.getState(), ...(phase === "failed" ? found : [])];
  const document = editor.getState().history.present;
  const lacked = issues.flatMap(
    (issue) => fileLackedBy(issue, document, { registry, files }) ?? [],
  );
  const named = lacked.find((each) => each.file === file.name);
  return named ?? lacked.find((each) => isFitting(each, file)) ?? null;
}

/** By its name alone: an array is none where a picture is lacked. */
const isFitting = ({ file, kind }: LocatedFile, { name }: File): boolean => {
  const ending = (of: string): string => /\.[^.]*$/u.exec(of.toLowerCase())?.[0] ?? "";
  if (kind === "model") return ending(name) === ".onnx";
  const isArray = [".npy", ".wav"].includes(ending(file)) || kind === "tensor";
  return isArray
    ? ending(name) === ending(file)
    : ![".npy", ".wav", ".onnx"].includes(ending(name));
};
