import type { Studio } from "../app/studio.ts";
import type { Message } from "../document/history.ts";

/** Something a person can do, by a key, a menu or the palette. All that changes a document is one. */
export interface Command {
  /** `edit.delete`; its title is the message `commands.edit.delete`. */
  readonly id: string;
  /** As tinykeys writes them (`$mod+z`); the first is shown. */
  readonly keys?: readonly string[];
  /** Where the keys are heard: on the canvas and the outline, in text fields too, or everywhere but in those (the default). */
  readonly focus?: "canvas" | "everywhere";
  /** The keys are the browser's own: it tells of them by an event, which brings what the page could only ask for. */
  readonly native?: true;
  /** Whether it can be done now, or what it lacks; always, where left out. */
  readonly when?: (studio: Studio) => boolean | Message;
  readonly run: (studio: Studio) => void | Promise<void>;
}
