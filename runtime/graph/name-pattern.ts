/** Names of nodes, zones, blocks, slots, rails and ports. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
