import { IssueError, issueError } from "../../runtime/base/issue.ts";
import type { Document } from "../../runtime/graph/document.ts";
import { readDocument } from "../../runtime/graph/read.ts";
import {
  libraryManifest,
  type GraphShelf,
  type LibraryFile,
  type LibraryManifest,
} from "./library-manifest.ts";

/** The graphs, models and pictures that the page comes with; they are fetched when they are asked for. */
export interface PageLibrary {
  readonly base: URL;
  readonly manifest: LibraryManifest;
  /** @throws IssueError `graph.missing`, or what is wrong with the file. */
  readonly document: (shelf: GraphShelf, name: string) => Promise<Document>;
  readonly urlOf: (file: LibraryFile) => URL;
}

/** @throws IssueError `library.unreachable`. */
export async function openLibrary(base: URL): Promise<PageLibrary> {
  const manifest = libraryManifest.parse(
    await (await reach(new URL("manifest.json", base))).json(),
  );
  const urlOf = (file: LibraryFile): URL => fileUrl(base, file);
  return {
    base,
    manifest,
    urlOf,
    async document(shelf, name) {
      const entry = manifest[shelf].find((each) => each.name === name);
      if (entry === undefined)
        throw issueError(
          "graph.missing",
          `The library has no ${JSON.stringify(name)} in ${shelf}.`,
        );
      const { document, issues } = readDocument(await (await reach(urlOf(entry))).text());
      if (document === null) throw new IssueError(issues);
      return document;
    },
  };
}

/** The address of a file; another content has another address, so that what is cached is never stale. */
export function fileUrl(base: URL, { file, sha256 }: LibraryFile): URL {
  const url = new URL(file, base);
  url.searchParams.set("sha256", sha256.slice(0, 16));
  return url;
}

/** @throws IssueError `library.unreachable`. */
export async function reach(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => null);
  if (response?.ok === true) return response;
  const name = url.pathname.split("/").at(-1) ?? "";
  throw issueError(
    "library.unreachable",
    `The file ${JSON.stringify(name)} of Denoodle's library cannot be fetched.`,
    {},
    {
      ...(response === null ? {} : { got: `HTTP ${response.status}` }),
      fix: "Check the connection, and run again.",
    },
  );
}
