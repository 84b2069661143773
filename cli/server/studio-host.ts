import { registry } from "../../nodes/index.ts";
import type { StudioHost } from "../../runtime/protocol/studio/host.ts";
import { readImageBytes } from "../files/read-image.ts";
import { readWavBytes } from "../files/wav.ts";
import { spawnEngine } from "../engine/spawn-engine.ts";
import { folderLibrary } from "./folder-library.ts";
import { queuedEngine } from "./queued-engine.ts";
import type { Turns } from "./turns.ts";

/** All of a studio's host but where its messages go. */
export type NodeStudioHost = Omit<StudioHost, "post">;

export interface HostOptions {
  readonly turns: Turns;
  /** Where files of a graph are looked up, after what ships. */
  readonly folder: string;
  /** Another engine for tests. */
  readonly engineScript?: string;
  /** Hears of engines that ended by themselves. */
  readonly log?: (line: string) => void;
}

/** What a studio needs in Node: engines in processes of their own, one of which computes at a time. */
export function nodeStudioHost({ turns, folder, ...engine }: HostOptions): NodeStudioHost {
  return {
    registry,
    startEngine: queuedEngine((listener) => startChild(listener, engine), turns),
    library: folderLibrary(folder),
    decode: {
      image: (bytes, name) => readImageBytes(bytes, name),
      sound: async (bytes, name) => readWavBytes(bytes, name).tensor,
    },
    clock: () => performance.now(),
    later(work, ms) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
}

const startChild = (
  { message, ended }: Parameters<StudioHost["startEngine"]>[0],
  { engineScript, log }: Pick<HostOptions, "engineScript" | "log">,
): ReturnType<StudioHost["startEngine"]> => {
  const child = spawnEngine(engineScript);
  let isOver = false;
  const end = (why: Parameters<typeof ended>[0] | undefined): void => {
    if (isOver) return;
    isOver = true;
    child.kill();
    if (why === undefined) return;
    log?.(`${why.message} The next run has another engine.`);
    ended(why);
  };
  child.listen({
    message: (sent) => {
      if (!isOver) message(sent);
    },
    unreadable: ({ issues: [issue] }) => end(issue),
  });
  child.onEnd(() => end(child.ended()?.issues[0]));
  return {
    send: (request) => child.send(request, ({ issues: [issue] }) => end(issue)),
    kill: () => end(undefined),
  };
};
