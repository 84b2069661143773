import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchChromium } from "./chromium.ts";
import { openEditor, type EditorTab } from "./editor-hand.ts";
import { serveEditor } from "./serve-editor.ts";
import type { ServedPages } from "./serve-pages.ts";

/** The built editor, and a browser, for the tests of a file. */
export interface EditorSite {
  /** Ends with a slash. */
  readonly url: string;
  readonly browser: Browser;
  /** Opens the editor, or another's link to it, in a tab of its own. After the test it is closed, and the test fails where the page was in trouble. */
  open(address?: string): Promise<EditorTab>;
}

/** Serves the editor to the tests of the file that calls this. */
export function editorSite(): EditorSite {
  let pages: ServedPages | null = null;
  let browser: Browser | null = null;
  let tabs: readonly EditorTab[] = [];

  beforeAll(async () => {
    pages = await serveEditor();
    browser = await launchChromium();
  });
  afterEach(async () => {
    const opened = tabs;
    tabs = [];
    await Promise.all(opened.map(({ page }) => page.context().close()));
    expect(opened.flatMap(({ troubles }) => troubles)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  const present = <T>(what: T | null): T => {
    if (what === null) throw new Error("the editor is not served yet");
    return what;
  };
  return {
    get url() {
      return present(pages).url;
    },
    get browser() {
      return present(browser);
    },
    async open(address = "") {
      const { href } = new URL(address, present(pages).url);
      const tab = await openEditor(present(browser), href);
      tabs = [...tabs, tab];
      return tab;
    },
  };
}
