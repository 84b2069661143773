import { OwnFilesError } from "../own-files/own-files-error.ts";
import { namedFiles } from "../own-files/named-files.ts";
import { takeFiles } from "../own-files/take-files.ts";
import { type GraphRead, readGraphText } from "./graph-file.ts";
import { textToSave } from "./saving.ts";
import type { StorageActions, StorageContents } from "./storage.ts";

/** What is saved besides graphs. */
export const bundler = (
  contents: StorageContents,
): Pick<StorageActions, "saveBundle" | "download"> => ({
  saveBundle: () => saveBundle(contents),
  download: contents.files.download,
});

/** Saves the document with the own files that it names, as one .zip; says which are missing. */
async function saveBundle(contents: StorageContents): Promise<void> {
  const { studio, state, files, ownFiles } = contents;
  const written = textToSave(contents);
  if (written === null) return;
  const named = namedFiles(written.document, studio.registry, ownFiles.isReserved);
  const found = await ownFiles.contentsOf(named);
  const missing = named.find(({ file }) => !found.has(file));
  const name = state.getState().origin.fileName;
  const { writeBundle } = await import("./bundle.ts");
  const zip = writeBundle({ name, text: written.text, files: found });
  files.download(
    name.replace(/\.json$/u, "") + ".zip",
    new Blob([zip], { type: "application/zip" }),
  );
  studio.announce(
    missing === undefined
      ? { key: "storage.bundle.saved", values: { count: found.size } }
      : { key: "storage.bundle.lacks", values: { name: missing.file } },
  );
}

/** Reads a .zip, and keeps the files that its graph names. */
export async function readBundleFile(
  { studio, ownFiles }: StorageContents,
  zip: Blob,
): Promise<{ readonly name: string; readonly read: GraphRead }> {
  const { mostBytes, readBundle } = await import("./bundle.ts");
  if (zip.size > mostBytes)
    return { name: "", read: { document: null, why: { key: "storage.refused.zip" }, issues: [] } };
  const bundle = readBundle(new Uint8Array(await zip.arrayBuffer()));
  if ("refused" in bundle)
    return { name: "", read: { document: null, why: bundle.refused, issues: [] } };
  const { name } = bundle;
  const read = readGraphText(bundle.text);
  if (read.document === null) return { name, read };
  try {
    const { registry } = studio;
    const parts = { files: ownFiles, registry };
    return {
      name,
      read: { ...read, document: await takeFiles(read.document, bundle.files, parts) },
    };
  } catch (fault) {
    if (!(fault instanceof OwnFilesError)) throw fault;
    return { name, read: { document: null, why: fault.words, issues: [] } };
  }
}
