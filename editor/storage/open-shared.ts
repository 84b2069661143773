import { fileNameOf } from "./file-name-of.ts";
import { readGraphText } from "./graph-file.ts";
import type { Storage } from "./storage.ts";

/** Opens the graph that the address holds; false where it holds none. */
export async function openShared({ actions }: Storage, page: Window): Promise<boolean> {
  const { hash } = page.location;
  const shared = hash === "" ? null : (await import("./share-link.ts")).graphInFragment(hash);
  if (shared === null) return false;
  // a reload comes back to the draft, not to the link
  page.history.replaceState(null, "", page.location.pathname + page.location.search);
  const text = shared === "broken" ? "" : shared.text;
  const { document } = readGraphText(text);
  await actions.openText(text, fileNameOf(document?.name ?? "link"));
  return true;
}
