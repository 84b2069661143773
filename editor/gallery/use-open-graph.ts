import { useStudio } from "../app/use-studio.ts";
import { IssueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { PageLibrary } from "../run/library.ts";
import type { GraphShelf } from "../run/library-manifest.ts";

/** Fetches a shipped graph; null, and said, where it cannot be had. */
export function useOpenGraph({
  document,
}: Pick<PageLibrary, "document">): (shelf: GraphShelf, name: string) => Promise<Document | null> {
  const { announce } = useStudio();
  return async (shelf, name) => {
    try {
      return await document(shelf, name);
    } catch (fault) {
      if (!(fault instanceof IssueError)) throw fault;
      const reason = fault.issues.map(({ message }) => message).join(" ");
      announce({ key: "gallery.failed", values: { name, reason } });
      return null;
    }
  };
}
