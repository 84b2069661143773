/**
 * What the editor's page may do, wherever it is served: run its own files, talk to where it came from, and nothing else.
 * Scripts may compile WebAssembly and start workers from blobs (which draw noise); styles may be inline, since menus and
 * splitters place <style> elements. Directives that only a header can say are not among them.
 *
 * @param connect - sources beyond the page's own origin that it may talk to.
 */
export function pagePolicy(connect: readonly string[] = []): readonly string[] {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    ["connect-src 'self'", ...connect].join(" "),
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
}
