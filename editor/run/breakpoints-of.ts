import type { Document } from "../../runtime/graph/document.ts";
import { uiOf } from "../document/ui.ts";
import type { Breakpoint } from "./run-store.ts";

/** The breakpoints of a document that are on, as a studio takes them. */
export const breakpointsOf = (document: Document): readonly Breakpoint[] =>
  uiOf(document).breakpoints.flatMap(({ id, wire, zone, condition, enabled }) =>
    enabled ? [{ id, wire, zone, condition }] : [],
  );
