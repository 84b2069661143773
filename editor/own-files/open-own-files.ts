import { openDatabase } from "../storage/database.ts";
import { ownFileRecordsInMemory } from "./own-file-records.ts";
import { createOwnFiles, type OwnFiles, type OwnFilesParts } from "./own-files.ts";

const channelName = "denoodle/own-files";

/**
 * The own files of this page, in the browser's database; where the browser keeps nothing, for as long as the page is
 * open. What another tab keeps or forgets is seen.
 */
export function openOwnFiles(isReserved: OwnFilesParts["isReserved"]): OwnFiles {
  const channel = new BroadcastChannel(channelName);
  const files = createOwnFiles({
    records: openRecords(),
    isReserved,
    now: Date.now,
    tell: () => channel.postMessage(null),
  });
  channel.addEventListener("message", () => void files.list());
  void files.list();
  return files;
}

async function openRecords(): ReturnType<() => OwnFilesParts["records"]> {
  try {
    return { records: (await openDatabase()).ownFiles, kept: true };
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure;
    return { records: ownFileRecordsInMemory(), kept: false };
  }
}
