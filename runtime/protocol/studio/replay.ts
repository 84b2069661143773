import { IssueError, issueError } from "../../base/issue.ts";
import type { Checkpoint } from "../../execute/events.ts";
import type { TensorData } from "../../tensor/tensor.ts";
import type { EngineEvent } from "../events.ts";
import type { RunRequest } from "../requests.ts";
import type { EngineQueue } from "./engine-queue.ts";
import { isTensor } from "../../execute/is-tensor.ts";
import { scalarFrame } from "./summary.ts";

/** A frame as an engine tells it: of a tapped wire, or collected by a zone. */
export interface MadeFrame {
  readonly wire: string;
  readonly iteration: readonly number[];
  readonly tensor: TensorData;
}

/** The frame in an event; null where it has none. */
export function frameIn(event: EngineEvent): MadeFrame | null {
  if (event.type === "probe") return event;
  if (event.type !== "scan") return null;
  const { name, iteration, value } = event;
  if (typeof value === "number") return { wire: name, iteration, tensor: scalarFrame(value) };
  return isTensor(value) ? { wire: name, iteration, tensor: value } : null;
}

/** A run as an engine has it. */
export type RunJob = Omit<RunRequest, "run">;

/** Which iteration of an outermost zone; null: what lies outside of zones. */
export type Place = { readonly zone: string; readonly iteration: number } | null;

/**
 * Computes one iteration again from a checkpoint before it, with taps on `wires`, and gives all frames of it and
 * of the iterations inside it.
 *
 * @throws IssueError what the run is refused with.
 */
export async function replay(
  queue: EngineQueue,
  job: RunJob,
  { place, wires }: { readonly place: Place; readonly wires: readonly string[] },
): Promise<readonly MadeFrame[]> {
  const frames: MadeFrame[] = [];
  const wanted = new Set(wires);
  const options = { ...job.options, probes: [...wires] };
  await listenUntil(queue, { ...job, options }, (event) => {
    const frame = frameIn(event);
    if (frame !== null && wanted.has(frame.wire) && isAt(frame, place)) frames.push(frame);
    return (
      place !== null &&
      event.type === "step" &&
      event.zone === place.zone &&
      event.iteration === place.iteration
    );
  });
  return frames;
}

/** What stands right before an iteration. @throws IssueError as `replay`, and where the run does not come there. */
export async function checkpointAt(
  queue: EngineQueue,
  job: RunJob,
  { zone, iteration }: NonNullable<Place>,
): Promise<Checkpoint> {
  let found: Checkpoint | null = null;
  const options = { ...job.options, probes: [], checkpointEvery: 1 };
  await listenUntil(queue, { ...job, options }, (event) => {
    if (event.type !== "checkpoint") return false;
    if (event.checkpoint.loops[zone]?.next === iteration) found = event.checkpoint;
    return found !== null;
  });
  if (found === null)
    throw issueError("fork.nowhere", `The run does not come to step ${iteration} of ${zone}.`);
  return found;
}

/** Runs a job until `isEnough`, or to its end. */
function listenUntil(
  queue: EngineQueue,
  job: RunJob,
  isEnough: (event: EngineEvent) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const running = queue.start(job, (event) => {
      if (event.type === "failed") return reject(new IssueError(event.issues));
      if (event.type === "done" || isEnough(event)) {
        resolve();
        running.drop();
      }
    });
  });
}

const isAt = ({ wire, iteration: [outer] }: MadeFrame, place: Place): boolean =>
  place === null
    ? outer === undefined
    : outer === place.iteration &&
      (wire.startsWith(`${place.zone}/`) || wire.startsWith(`${place.zone}.`));
