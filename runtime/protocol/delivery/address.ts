// The token travels as a subprotocol: browsers can send no other header with a socket, and what
// stands in an address ends up in logs.

/** The subprotocol that a server agrees to. */
export const engineProtocol = "denoodle.1";
/** Where on a server its engine is. */
export const enginePath = "/engine";
/** Where a server has the graph that it was started with, for those with the token. */
export const openedPath = "/opened.json";

const mark = "denoodle.token.";

/** What a client offers. */
export const protocolsWith = (token: string): readonly string[] => [
  engineProtocol,
  `${mark}${token}`,
];

/** The token among the subprotocols offered; null where there is none. */
export function tokenIn(offered: string): string | null {
  const found = offered
    .split(",")
    .map((each) => each.trim())
    .find((each) => each.startsWith(mark));
  return found === undefined ? null : found.slice(mark.length);
}
