import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { pagePolicy } from "../runtime/protocol/delivery/page-policy.ts";

const zod = fileURLToPath(new URL("./zod-without-eval.ts", import.meta.url));

/**
 * Writes the page's policy into built pages, before anything that it is to hold for: a static host may send no header. What
 * a page uses is told of it.
 */
export function policyInPage(): Plugin {
  return {
    name: "denoodle-policy",
    config: () => ({ resolve: { alias: [{ find: /^zod$/, replacement: zod }] } }),
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) =>
        bundle === undefined
          ? []
          : [
              {
                tag: "meta",
                attrs: {
                  "http-equiv": "Content-Security-Policy",
                  content: pagePolicy().join("; "),
                },
                injectTo: "head-prepend",
              },
            ],
    },
  };
}
