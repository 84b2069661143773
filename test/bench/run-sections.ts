import type { Request } from "./arguments.ts";
import { machine, writeResult } from "./result-file.ts";
import { markdownOf, textOf, type Section } from "./report.ts";
import { sections } from "./sections.ts";

/** Runs the asked sections one after another, prints each as it comes, and writes what was asked for. */
export async function runSections(request: Request): Promise<void> {
  const done: Section[] = [];
  if (!request.json) console.log(`${machine(request.threads)}\n`);
  for (const name of request.sections) {
    const found = (await sections[name]?.(request)) ?? [];
    const list = Array.isArray(found) ? (found as readonly Section[]) : [found as Section];
    done.push(...list);
    if (!request.json) for (const section of list) console.log(textOf(section).join("\n"));
  }
  if (request.json)
    console.log(JSON.stringify({ machine: machine(request.threads), sections: done }, null, 2));
  if (request.write)
    writeResult(
      "bench.md",
      `# Bench\n\n${machine(request.threads)} Made by \`npm run bench -- --write\`.\n\n${done.map(markdownOf).join("\n")}`,
    );
}
