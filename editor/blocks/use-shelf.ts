import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import { readDocument } from "../../runtime/graph/read.ts";
import { formatIssue, IssueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { useStudio } from "../app/use-studio.ts";
import type { OwnFiles } from "../own-files/own-files.ts";
import { OwnFilesContext } from "../own-files/use-own-files.ts";
import type { PageLibrary } from "../run/library.ts";
import type { ShelfBlock } from "./shelf-block.ts";

export const LibraryContext = createContext<PageLibrary | null>(null);

/** The blocks that any graph can take, the user's own first. */
export function useShelf(): readonly ShelfBlock[] {
  const library = useContext(LibraryContext);
  const files = useContext(OwnFilesContext);
  const known = useSyncExternalStore(
    (tell) => files?.state.subscribe(tell) ?? (() => undefined),
    () => files?.state.getState().files ?? null,
  );
  return useMemo(() => {
    const own = (known ?? []).flatMap(({ name, block }): readonly ShelfBlock[] =>
      block === undefined ? [] : [{ ...block, whose: "own", name: name.replace(/\.json$/u, "") }],
    );
    const shipped = (library?.manifest.blocks ?? []).map(
      ({ name, title, summary, paper, inputs }): ShelfBlock => ({
        name,
        title,
        summary,
        paper,
        inputs,
        whose: "shipped",
      }),
    );
    return [...own, ...shipped];
  }, [library, known]);
}

/** Reads a block's file; null, and said, where it cannot be had. */
export function useReadBlock(): (block: ShelfBlock) => Promise<Document | null> {
  const { announce } = useStudio();
  const library = useContext(LibraryContext);
  const files = useContext(OwnFilesContext);
  return useCallback(
    async ({ whose, name, title }) => {
      try {
        if (whose === "own") return await ownBlock(files, `${name}.json`);
        return (await library?.document("blocks", name)) ?? null;
      } catch (fault) {
        if (!(fault instanceof IssueError)) throw fault;
        const reason = fault.issues.map(formatIssue).join(" ");
        announce({ key: "gallery.failed", values: { name: title, reason } });
        return null;
      }
    },
    [announce, library, files],
  );
}

/** @throws IssueError what is wrong with it. */
async function ownBlock(files: OwnFiles | null, name: string): Promise<Document | null> {
  const content = (await files?.get(name)) ?? null;
  if (content === null) return null;
  const { document, issues } = readDocument(new TextDecoder().decode(content.bytes));
  if (document === null) throw new IssueError(issues);
  return document;
}
