// A static site may have no say in its headers. This adds those that isolate its pages, so that
// WebAssembly has its threads, and the policy of runtime/protocol/delivery/page-policy.ts, which a
// page has in itself and a worker has not. Only pages that are not isolated register it: see
// app/isolate.ts.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];
const headers = {
  "Content-Security-Policy": policy.join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== self.location.origin) return;
  // Browsers refuse to answer these from anywhere but the cache.
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  event.respondWith(isolated(request));
});

async function isolated(request) {
  const response = await fetch(request);
  if (response.type === "opaqueredirect" || response.status === 0) return response;
  const given = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) given.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: given });
}
