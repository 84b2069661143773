import type { Document } from "../../runtime/graph/document.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { EngineLink } from "./link.ts";

/** The bytes of a document's own files by the names that it uses; null where it names none. */
export type FilesOf = (document: Document) => Promise<ReadonlyMap<string, Uint8Array>> | null;

/** A link whose runs take along the files that their documents name; what is asked meanwhile waits its turn. */
export function withOwnFiles(link: EngineLink, filesOf: FilesOf): EngineLink {
  let turn: Promise<void> | null = null;
  const inTurn = (request: StudioRequest, reading: ReturnType<FilesOf>): void => {
    const mine = Promise.all([reading ?? none, turn]).then(([files]) => {
      link.send(request.type === "run" ? { ...request, files: new Map(files) } : request);
      if (turn === mine) turn = null;
    });
    turn = mine;
  };
  return {
    ...link,
    send(request) {
      const reading = request.type === "run" ? filesOf(request.document) : null;
      if (reading === null && turn === null) link.send(request);
      else inTurn(request, reading);
    },
  };
}

const none: ReadonlyMap<string, Uint8Array> = new Map();
