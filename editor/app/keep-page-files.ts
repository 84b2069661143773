/**
 * Has the browser keep all that the page may yet load, one file after another: a page whose server is gone then still
 * opens its panels, and runs by itself. The browser's cache has them for good, as their names are hashes.
 */
export async function keepPageFiles(base: URL): Promise<void> {
  try {
    const list = await fetch(new URL("page-files.json", base));
    for (const file of (await list.json()) as readonly string[])
      await (await fetch(new URL(file, base), { priority: "low" })).arrayBuffer();
  } catch (failure) {
    // The server went before it had sent all: what is missing is missed when it is needed.
    if (!(failure instanceof TypeError) && !(failure instanceof SyntaxError)) throw failure;
  }
}
