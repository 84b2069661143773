import { realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";

/** A file of the site that may be given to anyone. */
export interface SiteFile {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  /** Differs whenever the content does. */
  readonly version: string;
  /** Its name holds a hash of its content, so that it never changes. */
  readonly isHashed: boolean;
}

const types: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".webmanifest", "application/manifest+json"],
  [".txt", "text/plain; charset=utf-8"],
  [".md", "text/markdown; charset=utf-8"],
  [".wasm", "application/wasm"],
  [".png", "image/png"],
  [".jpg", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".webp", "image/webp"],
  [".svg", "image/svg+xml"],
  [".ico", "image/x-icon"],
  [".wav", "audio/wav"],
  [".woff2", "font/woff2"],
  [".woff", "font/woff"],
  [".ttf", "font/ttf"],
]);

/**
 * The file that a URL's path names in the folder; null where there is none, where the path leads
 * out of the folder by whatever way, and where a part of it begins with a dot.
 */
export async function siteFile(folder: string, urlPath: string): Promise<SiteFile | null> {
  const parts = partsOf(urlPath);
  if (parts === null) return null;
  const wanted = join(folder, ...(parts.length === 0 ? ["index.html"] : parts));
  const [path, root] = await Promise.all([realOrNull(wanted), realOrNull(folder)]);
  if (path === null || root === null || !path.startsWith(root + sep)) return null;
  const stats = await stat(path);
  if (!stats.isFile()) return null;
  const { size, mtimeMs } = stats;
  return {
    path,
    type: types.get(extname(path).toLowerCase()) ?? "application/octet-stream",
    size,
    version: `${size.toString(36)}-${mtimeMs.toString(36)}`,
    isHashed: parts[0] === "assets" && /-[\w-]{8,}\.\w+$/.test(parts.at(-1) ?? ""),
  };
}

/** The names on a path; null where one is not the name of a file that is shown. */
function partsOf(urlPath: string): readonly string[] | null {
  let plain: string;
  try {
    plain = decodeURIComponent(urlPath);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (!plain.startsWith("/") || /[\\\0:]/.test(plain)) return null;
  const parts = plain.slice(1).split("/");
  if (parts.at(-1) === "") parts.pop();
  return parts.some((part) => part === "" || part.startsWith(".")) ? null : parts;
}

async function realOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EACCES"].includes(String(code)))
      return null;
    throw error;
  }
}
