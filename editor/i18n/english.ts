import app from "./en/app.json" with { type: "json" };
import breakpoints from "./en/breakpoints.json" with { type: "json" };
import canvas from "./en/canvas.json" with { type: "json" };
import commands from "./en/commands.json" with { type: "json" };
import edits from "./en/edits.json" with { type: "json" };
import files from "./en/files.json" with { type: "json" };
import gallery from "./en/gallery.json" with { type: "json" };
import inspector from "./en/inspector.json" with { type: "json" };
import outline from "./en/outline.json" with { type: "json" };
import priors from "./en/priors.json" with { type: "json" };
import problems from "./en/problems.json" with { type: "json" };
import restore from "./en/restore.json" with { type: "json" };
import run from "./en/run.json" with { type: "json" };
import storage from "./en/storage.json" with { type: "json" };
import viewers from "./en/viewers.json" with { type: "json" };

/** Every string of the editor, a file for each folder. */
export const english = {
  app,
  breakpoints,
  canvas,
  commands,
  edits,
  files,
  gallery,
  inspector,
  outline,
  priors,
  problems,
  restore,
  run,
  storage,
  viewers,
};
