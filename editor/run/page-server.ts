import { enginePath, openedPath, protocolsWith } from "../../runtime/protocol/delivery/address.ts";
import type { Socket } from "./steady-socket.ts";

/** The server that a page came from, where the page was opened by the server's link. */
export interface PageServer {
  /** For `createServerLink`. */
  readonly openSocket: () => Socket;
  /** The name of the graph that the server was started with; null where there is none. */
  readonly opened: string | null;
  /** That graph's text, as it is now. @throws Error where the server is gone or refuses. */
  readonly readOpened: () => Promise<string>;
}

const tokenKey = "denoodle.token";
const openKey = "denoodle.open";

/**
 * Reads the link's fragment once and takes the token out of the address bar, so that a copied
 * address does not give it away; the tab remembers it until it is closed. Null where there is no token.
 */
export function pageServer(): PageServer | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get("token");
  if (token !== null) remember(token, given);
  const known = token ?? sessionStorage.getItem(tokenKey);
  if (known === null) return null;
  const base = new URL(".", location.href);
  return {
    opened: sessionStorage.getItem(openKey),
    openSocket() {
      const url = new URL(enginePath, base);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(url, [...protocolsWith(known)]);
    },
    async readOpened() {
      const response = await fetch(new URL(openedPath, base), {
        headers: { Authorization: `Bearer ${known}` },
      });
      const text = await response.text();
      if (!response.ok) throw new Error(text.trim());
      return text;
    },
  };
}

function remember(token: string, given: URLSearchParams): void {
  sessionStorage.setItem(tokenKey, token);
  const open = given.get("open");
  if (open === null) sessionStorage.removeItem(openKey);
  else sessionStorage.setItem(openKey, open);
  for (const name of ["token", "open"]) given.delete(name);
  const rest = given.size === 0 ? "" : `#${given}`;
  history.replaceState(history.state, "", `${location.pathname}${location.search}${rest}`);
}
