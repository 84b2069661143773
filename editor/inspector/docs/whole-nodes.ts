/** Nodes that can be built, unlike the page's own: see `vite-page-nodes.ts`. Loaded only when an operator is to be tried. */
export { registry } from "../../../nodes/index.ts";
