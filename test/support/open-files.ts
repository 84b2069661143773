import type { Page } from "playwright-core";

/** What came of a file that was dropped on the page: `opened`, `refused`, or what is wrong with the page since. */
export type Outcome = string;

const script = `
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const said = [...document.querySelectorAll("[data-announcer]")];
  const refusal = () => document.querySelector('[data-dialog="file"]');
  const dangerous = "script:not([src]), iframe, object, embed, base, link[rel=import], .app img, .app svg [onload]";
  globalThis.comeToLife = () => {
    if (document.querySelector(".app .react-flow") === null) return "the page is gone";
    if ("pwned" in globalThis) return "something was executed";
    const element = document.querySelector(dangerous);
    if (element !== null) return "an element: " + element.outerHTML.slice(0, 200);
    for (const each of document.querySelectorAll("*"))
      for (const { name, value } of each.attributes)
        if (/^on/i.test(name) || (/^(href|src|action|xlink:href)$/.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value)))
          return "an attribute: " + name + "=" + value.slice(0, 200);
    return null;
  };
  globalThis.openFile = async (name, content) => {
    const before = said.map(({ textContent }) => textContent).join("\\n");
    const data = new DataTransfer();
    data.items.add(new File([typeof content === "string" ? content : new Uint8Array(content)], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    const last = performance.now() + 60000;
    while (refusal() === null && said.map(({ textContent }) => textContent).join("\\n") === before) {
      if (performance.now() > last) return "neither opened nor refused";
      await drawn();
    }
    await drawn();
    const isRefused = refusal() !== null;
    const fault = comeToLife();
    if (fault !== null) return fault;
    if (!isRefused) return "opened";
    refusal().querySelector(".storage-answers button").click();
    while (refusal() !== null) {
      if (performance.now() > last) return "the refusal stays";
      await drawn();
    }
    return "refused";
  };
  0;`;

/** `content` is text, or bytes. */
export type OpenFile = (name: string, content: string | readonly number[]) => Promise<Outcome>;

/** Drops files on the editor's page, one after another, and sees to it that none of their content comes to life. */
export async function fileOpener(page: Page): Promise<OpenFile> {
  await page.evaluate(script);
  return (name, content) =>
    page.evaluate(
      ([called, given]) => {
        const { openFile } = globalThis as unknown as {
          openFile: OpenFile;
        };
        return openFile(called, given);
      },
      [name, content] as const,
    );
}

/** Whether something of a document came to life: what, or null. After `fileOpener`. */
export const comeToLife = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>("comeToLife()");
