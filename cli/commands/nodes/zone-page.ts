import { zoneTypes } from "../../../runtime/graph/document.ts";
import { zonePages, type ZonePage } from "../../../runtime/graph/zone-pages.ts";
import type { Colours } from "../../terminal.ts";
import { columns, jsonLines, section, type Entry } from "./page.ts";

/** The loops and the branch, which a file writes with a body of their own. */
export const zoneEntries: readonly Entry[] = zoneTypes.map((type) => {
  const zone = zonePages[type];
  return { type, title: zone.title, page: (colours) => page(type, zone, colours) };
});

function page(type: string, zone: ZonePage, colours: Colours): readonly string[] {
  const { bold, dim } = colours;
  return [
    `${bold(zone.title)}  ${type} ${dim("version 1")}`,
    "",
    zone.summary,
    ...section("inputs", columns(zone.inputs), colours),
    ...section("outputs", columns(zone.outputs), colours),
    ...section("params", columns(zone.params), colours),
    ...section("fields in the file", columns(zone.fields), colours),
    ...section("names in the body", columns(zone.names), colours),
    ...section(`example: ${zone.tells}`, jsonLines(zone.example), colours),
  ];
}
