import { changedAsset, missingAsset } from "../../runtime/compile/asset-issues.ts";
import { locatedAsset } from "../../runtime/compile/located-asset.ts";
import type { Issue } from "../../runtime/base/issue.ts";
import type { Registry } from "../../runtime/graph/define-node.ts";
import type { Document } from "../../runtime/graph/document.ts";
import type { Studio } from "../app/studio.ts";
import { namedFiles, type LocatedFile } from "./named-files.ts";
import type { OwnFile } from "./own-file.ts";
import { ownFileOf, type OwnFiles } from "./own-files.ts";

/** The files that a document names and this browser does not hold, as a run would say it. */
export function lacksOf(
  document: Document,
  own: readonly OwnFile[],
  { registry, isReserved }: { readonly registry: Registry } & Pick<OwnFiles, "isReserved">,
): readonly Issue[] {
  return namedFiles(document, registry, isReserved).flatMap((named) => {
    const issue = lackOf(named, ownFileOf(named, own));
    return issue === null ? [] : [locatedAsset(issue, named)];
  });
}

function lackOf(named: LocatedFile, found: OwnFile | null): Issue | null {
  if (found === null) return missingAsset(named);
  const { sha256 } = named;
  const isSame = sha256 === undefined || sha256 === found.sha256;
  return isSame ? null : changedAsset(sha256, found.sha256);
}

/** Keeps `studio.lacks` up with the document and the files. A server may have files of its own: there a run finds out. */
export function followLacks(studio: Studio, files: OwnFiles): void {
  const { editor, run, lacks, registry } = studio;
  const { isReserved } = files;
  const find = (): void => {
    const { files: own } = files.state.getState();
    const { present } = editor.getState().history;
    const isHere = run.getState().where === "browser";
    const found = own === null || !isHere ? none : lacksOf(present, own, { registry, isReserved });
    if (found.length + lacks.getState().length > 0) lacks.setState(found, true);
  };
  files.state.subscribe(find);
  editor.subscribe(({ history }, before) => {
    if (history.present !== before.history.present) find();
  });
  run.subscribe(({ where }, before) => {
    if (where !== before.where) find();
  });
  find();
}

const none: readonly Issue[] = [];
