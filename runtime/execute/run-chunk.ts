import type { RegionPlan } from "../compile/plan.ts";
import type { Loop } from "../compile/region.ts";
import { chunkLength, unrollLoop, type Chunk } from "../compile/unroll.ts";
import { drawNoise, packScalars, runProgram, withTemporary, type Engine } from "./engine.ts";
import { hold } from "./held.ts";
import { get, newLiveFrame } from "./live-frame.ts";
import { replaceStates, type Running } from "./loop-progress.ts";

const chunks = new WeakMap<RegionPlan, Map<number, Chunk | null>>();

function chunkOf(loop: Loop, plan: RegionPlan, iterations: number): Chunk | null {
  const known = chunks.get(plan) ?? new Map<number, Chunk | null>();
  chunks.set(plan, known);
  const chunk = known.get(iterations);
  if (chunk !== undefined) return chunk;
  const made = unrollLoop(loop, plan, iterations);
  known.set(iterations, made);
  return made;
}

/** Runs several iterations as one step function where the loop allows it; false where it does not. */
export async function runChunk(
  engine: Engine,
  loop: Loop,
  { frame, progress, count }: Running,
): Promise<boolean> {
  const plan = engine.plan.of(loop.body);
  if (engine.plan.tapsOf(loop.body).length > 0) return false;
  const iterations = chunkLength(plan);
  if (iterations < 2) return false;
  const chunk = chunkOf(loop, plan, iterations);
  if (chunk === null) return false;
  // Both sizes at once: another count then compiles nothing.
  if (progress.next === 0)
    for (const { program } of [chunk, chunk.segment]) await engine.sessions.program(program);
  if (count - progress.next < iterations) return false;
  const frames = Array.from({ length: iterations }, (_, i) => {
    const inner = newLiveFrame(loop.body.scope, frame, progress.next + i);
    inner.values.set(loop.counter, progress.next + i);
    return inner;
  });
  const captured = chunk.captured.map((value) => get(frame, value).tensor);
  const current = progress.states.flatMap(([now]) =>
    now?.on === "device" ? [now.held.tensor] : [],
  );
  const noise: Awaited<ReturnType<typeof drawNoise>>[] = [];
  const outputs = await withTemporary(async (own) => {
    for (const inner of frames)
      for (const draw of chunk.draws) noise.push(await drawNoise(engine, draw, inner));
    for (const drawn of noise) own.push(engine.backend.upload(drawn));
    if (chunk.segment.scalars.length > 0)
      own.push(packScalars(engine, chunk.segment.scalars, frames));
    return runProgram(engine, { ...chunk, nfe: chunk.segment.nfe }, [
      ...captured,
      ...current,
      ...own,
    ]);
  });
  for (const { data } of noise) engine.noise.recycle?.(data);
  replaceStates(
    progress,
    outputs.map((tensor) => [{ on: "device", held: hold(tensor) }]),
  );
  engine.counts.nfe += chunk.segment.nfe * iterations;
  engine.counts.vjpCalls += chunk.segment.vjpCalls * iterations;
  progress.next += iterations;
  return true;
}
