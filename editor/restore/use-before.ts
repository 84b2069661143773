import { useEffect, useState } from "react";
import type { AssetDefault } from "../../runtime/graph/document.ts";
import { useOwnFiles } from "../own-files/use-own-files.ts";
import type { PageLibrary } from "../run/library.ts";

/** The picture that a document restores, decoded; null until it is there, or where it is missing. */
export function useBefore(
  library: Pick<PageLibrary, "manifest" | "urlOf">,
  asset: AssetDefault | null,
): ImageBitmap | null {
  const files = useOwnFiles();
  const [bitmap, setBitmap] = useState<ImageBitmap | null>(null);
  const { asset: file = null, sha256 } = asset ?? {};
  useEffect(() => {
    setBitmap(null);
    if (file === null) return;
    let isWanted = true;
    const named = { kind: "image", file, ...(sha256 === undefined ? {} : { sha256 }) } as const;
    const shipped = library.manifest.assets.find(({ name }) => name === file);
    const read = async (): Promise<Blob | null> => {
      if (shipped !== undefined) return (await fetch(library.urlOf(shipped))).blob();
      const own = (await files.contentsOf([named])).get(file);
      return own === undefined ? null : new Blob([own]);
    };
    void read()
      .then((blob) => blob && createImageBitmap(blob))
      .then((decoded) => {
        if (isWanted) setBitmap(decoded);
        else decoded?.close();
      })
      // without the picture before, the restored one is still shown
      .catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [files, library, file, sha256]);
  return bitmap;
}
