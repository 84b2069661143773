import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { createServerLink, type ServerLink } from "../../../editor/run/server-link.ts";
import { enginePath, protocolsWith } from "../../../runtime/protocol/delivery/address.ts";
import type { StudioEvent, StudioMessage } from "../../../runtime/protocol/studio/messages.ts";

interface Address {
  readonly origin: string;
  readonly token: string;
}

/** A socket as a page of the server would open it. */
export function openSocket(
  { origin, token }: Address,
  headers: Readonly<Record<string, string>> = {},
): WebSocket {
  const url = origin.replace("http", "ws") + enginePath;
  const socket = new WebSocket(url, [...protocolsWith(token)], {
    origin,
    headers,
    perMessageDeflate: false,
  });
  socket.on("error", () => {});
  onTestFinished(() => socket.terminate());
  return socket;
}

export interface Client extends ServerLink {
  readonly messages: readonly StudioMessage[];
  /** What the link's state was, from its first change on. */
  readonly states: readonly string[];
  /** The first message, so far or to come, of which `is` is true. */
  readonly message: (is: (message: StudioMessage) => boolean) => Promise<StudioMessage>;
  /** The first event of a type of a run. */
  readonly event: <T extends StudioEvent["type"]>(
    run: number | null,
    type: T,
  ) => Promise<Extract<StudioEvent, { type: T }>>;
  /** Breaks the connection as a network does. */
  readonly breakConnection: () => void;
}

/** The page's link over a real socket. */
export function startClient(address: Address, retryMs = 10, silenceMs = 40_000): Client {
  const sockets: WebSocket[] = [];
  const link = createServerLink({
    retryMs,
    silenceMs,
    openSocket() {
      const socket = openSocket(address);
      sockets.push(socket);
      return socket;
    },
  });
  onTestFinished(() => link.close());
  const messages: StudioMessage[] = [];
  const states: string[] = [];
  link.onState(({ is }) => void states.push(is));
  const waiting = new Set<() => void>();
  link.listen((message) => {
    messages.push(message);
    for (const look of waiting) look();
  });
  const message: Client["message"] = (is) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = messages.find(is);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    ...link,
    messages,
    states,
    message,
    async event<T extends StudioEvent["type"]>(run: number | null, type: T) {
      const found = await message((each) => each.run === run && each.event.type === type);
      return found.event as Extract<StudioEvent, { type: T }>;
    },
    breakConnection: () => sockets.at(-1)?.terminate(),
  };
}
