import type { Shape } from "../../../runtime/tensor/tensor.ts";
import {
  additionProgram,
  bareProgram,
  operatorFor,
  sgldProgram,
  type BareSession,
} from "../bare.ts";
import type { Bench } from "../bench.ts";
import { interleave, medianOf, type Taken } from "../measure.ts";
import type { Section } from "../report.ts";

type Named = readonly (readonly [
  name: string,
  type: string,
  params: Readonly<Record<string, unknown>>,
])[];

const operators = (size: number): Named => [
  ["box", "operator/box-inpainting", { height: (3 * size) / 8, width: (3 * size) / 8 }],
  ["random", "operator/random-inpainting", {}],
  ["average x4", "operator/average", { factor: 4 }],
  ["blur, std 3", "operator/gaussian-blur", { std: 3 }],
  ["mixture of 3", "operator/mixture", { stems: 3 }],
];

const steps = 20;

/** What one SGLD step of each operator costs, in passes over the image. */
export async function operatorSteps(bench: Bench): Promise<Section> {
  const size = bench.quick ? 64 : 256;
  const [runs, rounds] = bench.quick ? [2, 1] : [8, bench.rounds];
  const shape = [3, size, size];
  const list = operators(size);
  const sessions = await open(list, shape, bench.threads);
  const works = [...sessions].map(([name, session]) => [
    name,
    repeat(session, isPass(name) ? steps * runs : runs),
  ]);
  const taken: readonly Round[] = await interleave(rounds, Object.fromEntries(works));
  await Promise.all([...sessions.values()].map((session) => session.release()));
  const empty = (round: Round) => at(round, "empty").cpu;
  const pass = (round: Round) => at(round, "addition").cpu - empty(round);
  const step = (r: Round, name: string) => at(r, name).cpu - empty(r) / steps;
  const note = (name: string) =>
    `${(medianOf(taken, (r) => step(r, name)) / (runs * steps)).toFixed(3)} ms, ${medianOf(taken, (r) => step(r, name) / step(r, "additions")).toFixed(1)} additions inside a program`;
  return {
    title: `One SGLD step at ${shape.join("x")}`,
    about: `u - g 2Aᵀ(A u - y) + noise, ${steps} steps a program, as a multiple of one addition of two such tensors in a session of its own; the cost of an empty run is taken off both. Time that all threads computed, ${bench.threads} threads, medians of ${rounds} rounds.`,
    figures: [
      {
        name: "one addition",
        value: medianOf(taken, pass) / (steps * runs),
        unit: "ms",
        note: "most of it is the result's way out of the session",
      },
      {
        name: "an addition inside a program",
        value: medianOf(taken, (r) => step(r, "additions")) / (steps * runs),
        unit: "ms",
      },
      ...list.map(
        ([name]) =>
          ({
            name,
            value: medianOf(taken, (r) => step(r, name) / pass(r)),
            unit: "x",
            note: note(name),
          }) as const,
      ),
    ],
  };
}

type Round = Readonly<Record<string, Taken>>;

const at = (round: Round, name: string): Taken =>
  round[name] ?? { wall: Number.NaN, cpu: Number.NaN };
const isPass = (name: string) => name === "empty" || name === "addition";

async function open(
  list: Named,
  signal: Shape,
  threads: number,
): Promise<ReadonlyMap<string, BareSession>> {
  const sessions = new Map([
    ["empty", await bareProgram(additionProgram([1]), threads)],
    ["addition", await bareProgram(additionProgram([1, ...signal]), threads)],
    ["additions", await bareProgram(additionProgram([1, ...signal], steps), threads)],
  ]);
  for (const [name, type, params] of list)
    sessions.set(
      name,
      await bareProgram(sgldProgram(operatorFor(type, params, signal), steps), threads),
    );
  return sessions;
}

function repeat(session: BareSession, count: number) {
  return async () => {
    for (let i = 0; i < count; i += 1) await session.run();
  };
}
