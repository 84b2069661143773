import type { Plugin } from "vite";
import { pagePolicy } from "../runtime/protocol/delivery/page-policy.ts";

/** Writes the page's policy into built pages, before anything that it is to hold for: a static host may send no header. */
export function policyInPage(): Plugin {
  return {
    name: "denoodle-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: pagePolicy().join("; ") },
        injectTo: "head-prepend",
      },
    ],
  };
}
