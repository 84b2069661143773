import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Who may ask, of the names by which the server may be reached. */
export interface Access {
  /** Why a request must not be served, as a sentence; null when it may. */
  readonly whyRefused: (request: IncomingMessage) => string | null;
  /** The same of a page's socket, whose origin must be the server itself. */
  readonly whySocketRefused: (request: IncomingMessage) => string | null;
  readonly isToken: (given: string) => boolean;
}

/** 256 random bits as text that may stand in a link. */
export const newToken = (): string => randomBytes(32).toString("base64url");

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * @param exposed whether other machines may ask: then any IP address is a name of the server, and so
 *   is `host`. Other names are not, as a foreign page can make its own name mean this machine.
 */
export function createAccess(token: string, host: string, exposed: boolean): Access {
  const expected = digest(token);
  const isOwnName = (name: string): boolean =>
    loopbackNames.has(name) ||
    (exposed && (name === host.toLowerCase() || isIP(name.replace(/^\[|\]$/g, "")) !== 0));
  const whyRefused = ({ headers: { host: given }, socket }: IncomingMessage): string | null => {
    const [, name = "", port = "80"] = /^(.*?)(?::(\d+))?$/.exec(given ?? "") ?? [];
    if (isOwnName(name.toLowerCase()) && Number(port) === socket.localPort) return null;
    return `the host ${shown(given)} is not this server`;
  };
  return {
    whyRefused,
    whySocketRefused(request) {
      const { origin, host: given } = request.headers;
      const why = whyRefused(request);
      if (why !== null) return why;
      return origin === `http://${given}` ? null : `the origin ${shown(origin)} is foreign`;
    },
    // Digests are of one length, and comparing them tells nothing of the token.
    isToken: (given) => timingSafeEqual(digest(given), expected),
  };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** What a stranger sent, fit for one line of a log. */
function shown(text: string | undefined): string {
  return text === undefined ? "(none)" : JSON.stringify(text.slice(0, 200));
}
