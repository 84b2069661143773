import { enginePath, openedPath, protocolsWith } from "../../runtime/protocol/delivery/address.ts";
import type { Socket } from "./steady-socket.ts";

/** The server that a page came from, where the page was opened by the server's link. */
export interface PageServer {
  /** For `createServerLink`. */
  readonly openSocket: () => Socket;
  /** The name of the graph that the server was started with, for a page to open; null where there is none. */
  readonly opened: string | null;
  /** That graph's text, as it is now. @throws Error where the server is gone or refuses. */
  readonly readOpened: () => Promise<string>;
}

const tokenKey = "denoodle.token";
let known: PageServer | null | undefined;

/**
 * Reads the link's fragment and takes it out of the address bar, so that a copied address does not
 * give the token away; the tab remembers the token until it is closed. Null where there is none.
 * The graph is for the load that the link made: after a reload the tab has its own work.
 */
export function pageServer(): PageServer | null {
  if (known === undefined) known = readFragment();
  return known;
}

function readFragment(): PageServer | null {
  const given = new URLSearchParams(location.hash.slice(1));
  const token = given.get("token") ?? sessionStorage.getItem(tokenKey);
  if (token === null) return null;
  if (given.has("token")) remember(token);
  // The link of another server, opened in this tab, changes the fragment alone.
  addEventListener("hashchange", () => {
    if (new URLSearchParams(location.hash.slice(1)).has("token")) location.reload();
  });
  const base = new URL(".", location.href);
  return {
    opened: given.get("open"),
    openSocket() {
      const url = new URL(enginePath, base);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(url, [...protocolsWith(token)]);
    },
    async readOpened() {
      const response = await fetch(new URL(openedPath, base), {
        headers: { Authorization: `Bearer ${token}` },
      });
      const text = await response.text();
      if (!response.ok) throw new Error(text.trim());
      return text;
    },
  };
}

function remember(token: string): void {
  sessionStorage.setItem(tokenKey, token);
  history.replaceState(history.state, "", `${location.pathname}${location.search}`);
}
