import type { Page } from "playwright-core";

const script = `(() => {
  const found = [];
  const attributes = ["aria-label", "aria-description", "alt", "placeholder", "title"];
  const walk = (element) => {
    if (element.getAttribute("translate") === "no" || element.tagName === "SCRIPT") return;
    if (!element.checkVisibility()) return;
    for (const name of attributes) found.push(element.getAttribute(name) ?? "");
    for (const child of element.childNodes)
      if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? "");
      else if (child instanceof Element) walk(child);
  };
  walk(document.body);
  return found.map((text) => text.trim()).filter((text) => text !== "");
})()`;

/** What a page shows or says, outside of what is marked as the same in every language (`translate="no"`). */
export const spokenText = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(script);
