import type { Plugin } from "vite";

/** The list of all that the built page may load by itself, for `app/keep-page-files.ts`. */
export function listOfPageFiles(): Plugin {
  return {
    name: "page-files",
    apply: "build",
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(?:js|css|wasm)$/u.test(name));
      this.emitFile({
        type: "asset",
        fileName: "page-files.json",
        source: JSON.stringify(files.toSorted()),
      });
    },
  };
}
