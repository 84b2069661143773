import { pagePolicy } from "../../runtime/protocol/delivery/page-policy.ts";

/** What every answer carries. `ws` to the server itself is named, as not every browser counts it to 'self'. */
export function securityHeaders(host: string): Readonly<Record<string, string>> {
  const policy = [...pagePolicy([`ws://${host}`]), "frame-ancestors 'none'"];
  return {
    "Content-Security-Policy": policy.join("; "),
    // Shared memory, which WebAssembly's threads need, is for isolated pages.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
  };
}
