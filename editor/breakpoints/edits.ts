import { uiPart } from "../document/edits/ui-draft.ts";
import type { Recipe } from "../document/history.ts";
import type { UiBreakpoint } from "../document/ui.ts";

/** Where a breakpoint looks: at the frames of a wire, or at the iterations of an outermost zone. */
export type BreakpointPlace = Pick<UiBreakpoint, "wire" | "zone">;

/** Holds whenever the place comes up. */
export const always = "1";

export const isAt =
  ({ wire, zone }: BreakpointPlace) =>
  (breakpoint: UiBreakpoint): boolean =>
    breakpoint.wire === wire && (wire !== null || breakpoint.zone === zone);

export const addBreakpoint =
  (place: BreakpointPlace, condition = always): Recipe =>
  (draft) => {
    const list = uiPart(draft, "breakpoints");
    const taken = new Set(list.map(({ id }) => id));
    let number = 1;
    while (taken.has(`b${number}`)) number += 1;
    const { wire, zone } = place;
    list.push({ id: `b${number}`, wire, zone, condition, enabled: true });
  };

export const removeBreakpoints =
  (isMeant: (breakpoint: UiBreakpoint) => boolean): Recipe =>
  (draft) => {
    const list = uiPart(draft, "breakpoints");
    const kept = list.filter((breakpoint) => !isMeant(breakpoint));
    list.splice(0, list.length, ...kept);
  };

export const changeBreakpoint =
  (id: string, change: Partial<Pick<UiBreakpoint, "condition" | "enabled">>): Recipe =>
  (draft) => {
    const found = uiPart(draft, "breakpoints").find((breakpoint) => breakpoint.id === id);
    if (found !== undefined) Object.assign(found, change);
  };

/** All on, or all off where all were on. */
export const switchBreakpoints =
  (enabled: boolean): Recipe =>
  (draft) => {
    for (const breakpoint of uiPart(draft, "breakpoints")) breakpoint.enabled = enabled;
  };
