/** Whether a path, parts joined by "/", is `outer` or leads into it. */
export const isWithin = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}/`);

/** Whether a wire, `anneal/denoise.x0`, starts at a zone or in it. */
export const isWireOf = (wire: string, zone: string): boolean =>
  wire.startsWith(`${zone}/`) || wire.startsWith(`${zone}.`);
