import { useEffect, useState } from "react";
import { IssueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { useStudio } from "../app/use-studio.ts";
import type { PageLibrary } from "../run/library.ts";

/** A sampler of the library; null until it is there. Where it cannot be fetched, that is said. */
export function useSampler(library: Pick<PageLibrary, "document">, name: string): Document | null {
  const studio = useStudio();
  const [sampler, setSampler] = useState<Document | null>(null);
  useEffect(() => {
    let isWanted = true;
    setSampler(null);
    library.document("samplers", name).then(
      (document) => {
        if (isWanted) setSampler(document);
      },
      (fault: unknown) => {
        if (!(fault instanceof IssueError)) throw fault;
        const reason = fault.issues.map(({ message }) => message).join(" ");
        studio.announce({ key: "restore.unreachable", values: { reason } });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [library, name, studio]);
  return sampler;
}
