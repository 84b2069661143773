import { parseBench, usage } from "./arguments.ts";
import { runEditor } from "./editor/run-editor.ts";
import { runSections } from "./run-sections.ts";
import { runStudy } from "./study.ts";

const parsed = parseBench(process.argv.slice(2));
if (parsed === null) {
  console.error(usage);
  process.exitCode = 2;
} else if (parsed.what === "study") await runStudy(parsed);
else if (parsed.what === "editor") await runEditor(parsed);
else await runSections(parsed);
