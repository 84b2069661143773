import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { closeCodes } from "../../runtime/protocol/delivery/envelopes.ts";
import { engineProtocol, tokenIn } from "../../runtime/protocol/delivery/address.ts";
import type { Access } from "./access.ts";

export interface Door {
  /** For the server's `upgrade` event. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Ends every connection. */
  readonly close: () => void;
}

export interface DoorOptions {
  readonly access: Access;
  readonly path: string;
  /** The largest frame. */
  readonly frameBytes: number;
  readonly enter: (socket: WebSocket) => void;
  readonly log: (line: string) => void;
}

/** Lets sockets in that come from the server's own pages and know the token. */
export function createDoor({ access, path, frameBytes, enter, log }: DoorOptions): Door {
  const options = {
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered: ReadonlySet<string>) =>
      offered.has(engineProtocol) ? engineProtocol : false,
  } as const;
  const inside = new WebSocketServer({ ...options, maxPayload: frameBytes });
  // A page cannot see why a handshake fails, so a wrong token is told by the close that follows it.
  const outside = new WebSocketServer({ ...options, maxPayload: 1024 });
  const refuse = (socket: WebSocket): void => {
    socket.on("error", () => socket.terminate());
    socket.close(closeCodes.refusedToken, "the token is wrong or missing");
    setTimeout(() => socket.terminate(), 1000).unref();
  };
  return {
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      const why = whyNot(request, path, access);
      if (why !== null) {
        log(`refused a connection: ${why}`);
        socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      const token = tokenIn(request.headers["sec-websocket-protocol"] ?? "");
      const isKnown = token !== null && access.isToken(token);
      if (!isKnown) log("refused a connection: the token is wrong or missing");
      const server = isKnown ? inside : outside;
      server.handleUpgrade(request, socket, head, (opened) => {
        opened.binaryType = "arraybuffer";
        (isKnown ? enter : refuse)(opened);
      });
    },
    close() {
      for (const socket of [...inside.clients, ...outside.clients]) {
        socket.close(1001, "the server ends");
        setTimeout(() => socket.terminate(), 500).unref();
      }
    },
  };
}

function whyNot(request: IncomingMessage, path: string, access: Access): string | null {
  const why = access.whySocketRefused(request);
  if (why !== null) return why;
  return request.url?.split("?")[0] === path ? null : "it asks for another path";
}
