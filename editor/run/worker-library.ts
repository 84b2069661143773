import type { Library, Progress } from "../../runtime/protocol/studio/host.ts";
import { fileUrl, reach } from "./library.ts";
import { libraryManifest, type LibraryFile, type LibraryManifest } from "./library-manifest.ts";

/** The page's library as a studio reads it: models come in parts, and are kept by the browser. */
export function createWorkerLibrary(base: URL): Library {
  let opening: Promise<LibraryManifest> | null = null;
  const manifest = (): Promise<LibraryManifest> => {
    opening ??= reach(new URL("manifest.json", base))
      .then((response) => response.json())
      .then((json) => libraryManifest.parse(json));
    opening.catch(() => (opening = null));
    return opening;
  };
  const models = new Map<string, Promise<Uint8Array>>();
  const bytesOf = (file: LibraryFile, progress: Progress): Promise<Uint8Array> => {
    const bytes = models.get(file.sha256) ?? readKept(fileUrl(base, file), file.bytes, progress);
    models.set(file.sha256, bytes);
    bytes.catch(() => models.delete(file.sha256));
    return bytes;
  };
  return {
    async task(name) {
      const { tasks } = await manifest();
      const found = tasks.find((task) => isCalled(task, name, ".json"));
      return found === undefined ? null : (await reach(fileUrl(base, found))).text();
    },
    async asset(name, progress) {
      const found = (await manifest()).assets.find((asset) => asset.name === name);
      if (found === undefined) return null;
      const response = await reach(fileUrl(base, found));
      return { bytes: await readAll(response, found.bytes, progress), sha256: found.sha256 };
    },
    async model(name, progress) {
      const found = (await manifest()).models.find((model) => isCalled(model, name, ".onnx"));
      if (found === undefined) return null;
      const { sha256, card } = found;
      const bytes = await bytesOf(found, progress);
      const read = card === null ? undefined : await (await reach(fileUrl(base, card))).json();
      return { name, sha256, bytes, card: read as unknown };
    },
  };
}

const isCalled = ({ name }: { readonly name: string }, asked: string, extension: string): boolean =>
  asked === name || asked === `${name}${extension}`;

const cacheName = "denoodle-models";

/** The bytes of a model, fetched once for all visits where the browser has a cache for it. */
async function readKept(url: URL, total: number, progress: Progress): Promise<Uint8Array> {
  const cache = "caches" in globalThis ? await caches.open(cacheName).catch(() => null) : null;
  const kept = await cache?.match(url);
  if (kept !== undefined) return readAll(kept, total, progress);
  const bytes = await readAll(await reach(url), total, progress);
  // A full disk keeps nobody from running.
  await cache?.put(url, new Response(new Uint8Array(bytes))).catch(() => {});
  return bytes;
}

async function readAll(response: Response, total: number, progress: Progress): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    bytes += value.length;
    progress(bytes, total);
  }
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
