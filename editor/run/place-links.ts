import type { StudioMessage } from "../../runtime/protocol/studio/messages.ts";
import type { StudioRequest } from "../../runtime/protocol/studio/requests.ts";
import type { EngineLink } from "./link.ts";
import type { ServerState } from "./steady-socket.ts";

type Where = EngineLink["where"];

/** A place that runs can be sent to; it is opened when it is first used. */
export interface Place {
  readonly where: Where;
  readonly open: () => EngineLink;
}

/** The ways to all places. */
export interface PlaceLinks {
  readonly send: (where: Where, request: StudioRequest) => void;
  /** Tries at once where a connection is lost. */
  readonly retry: () => void;
}

export interface PlaceLinksOptions {
  readonly places: readonly Place[];
  readonly hear: (message: StudioMessage) => void;
  /** How it stands with the way to the server. */
  readonly connected: (state: ServerState) => void;
}

export function createPlaceLinks({ places, hear, connected }: PlaceLinksOptions): PlaceLinks {
  const links = new Map<Where, EngineLink>();
  const open = (where: Where): EngineLink | undefined => {
    const link = places.find((place) => place.where === where)?.open();
    if (link === undefined) return undefined;
    links.set(where, link);
    link.listen(hear);
    link.onState?.(connected);
    return link;
  };
  return {
    send: (where, request) => (links.get(where) ?? open(where))?.send(request),
    retry() {
      for (const link of links.values()) link.retry?.();
    },
  };
}
