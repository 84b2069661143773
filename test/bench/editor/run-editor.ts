import { availableParallelism, loadavg } from "node:os";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../support/chromium.ts";
import type { Request } from "../arguments.ts";
import type { Bench } from "../bench.ts";
import { markdownOf, textOf, type Section } from "../report.ts";
import { writeResult } from "../result-file.ts";
import { fluency } from "./fluency.ts";
import { memory } from "./memory.ts";
import { scale } from "./scale.ts";
import { openSite, type Site } from "./site.ts";
import { start } from "./start.ts";

type Measure = (browser: Browser, site: Site, bench: Bench) => Promise<Section>;

const measures: readonly Measure[] = [scale, start, fluency, memory];

/** Measures the editor in Chromium, prints what it finds, and writes what was asked for. */
export async function runEditor(request: Request): Promise<void> {
  const site = await openSite();
  const done: Section[] = [];
  try {
    for (const measure of measures) {
      const section = await inBrowser((browser) => measure(browser, site, request));
      done.push(section);
      if (!request.json) console.log(textOf(section).join("\n"));
    }
  } finally {
    await site.close();
  }
  const where = await inBrowser((browser) => Promise.resolve(machineOf(browser)));
  if (request.json) console.log(JSON.stringify({ machine: where, sections: done }, null, 2));
  else console.log(where);
  if (request.write)
    writeResult(
      "editor.md",
      `# The editor's pace\n\n${where} Made by \`npm run bench -- editor --write\`.\n\n${done.map(markdownOf).join("\n")}`,
    );
}

async function inBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** One sentence: where figures were measured, and how busy it was there. */
function machineOf(browser: Browser): string {
  const date = new Date().toISOString().slice(0, 10);
  const waiting = loadavg()[2]?.toFixed(0);
  return `Chromium ${browser.version()} without a graphics card on ${availableParallelism()} cores, for which about ${waiting} processes competed, ${date}.`;
}
