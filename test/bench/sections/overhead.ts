import { networkProgram } from "../../../runtime/compile/network.ts";
import type { Feed } from "../../../runtime/compile/slots.ts";
import { createNoisePool, type NoisePool } from "../../../runtime/execute/noise/noise-pool.ts";
import { philoxNoise } from "../../../runtime/execute/noise/philox-noise.ts";
import { startNodePoolWorker } from "../../../runtime/execute/noise/pool-worker-node.ts";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";
import type { Timings } from "../../../runtime/execute/events.ts";
import { run } from "../../../runtime/execute/run.ts";
import { createSessionCache } from "../../../runtime/execute/session-cache.ts";
import type { NoiseDraw } from "../../../runtime/execute/noise/noise-source.ts";
import { writeModel } from "../../../runtime/onnx/write-model.ts";
import type { Shape } from "../../../runtime/tensor/tensor.ts";
import { lowerProgram } from "../../../runtime/trace/lower.ts";
import { bareModel, bareProgram, filled, operatorFor, sgldProgram } from "../bare.ts";
import type { Bench } from "../bench.ts";
import { interleave, medianOf, type Taken } from "../measure.ts";
import type { Figure, Section } from "../report.ts";
import { compileDpsMo, loadPrior, syntheticImage } from "../subject.ts";

const innerSteps = 20;

interface Task {
  readonly name: string;
  readonly operator: Feed & { readonly kind: "node" };
}

const tasks = (size: number): readonly Task[] => [
  {
    name: "box",
    operator: {
      kind: "node",
      type: "operator/box-inpainting",
      params: { height: (3 * size) / 8, width: (3 * size) / 8 },
    },
  },
  { name: "blur", operator: { kind: "node", type: "operator/gaussian-blur", params: { std: 3 } } },
];

/** What a DPS-MO run costs above its network, its arithmetic and its noise, each measured bare. */
export async function overhead(bench: Bench): Promise<readonly Section[]> {
  const size = bench.quick ? 64 : 256;
  const sections: Section[] = [];
  for (const task of tasks(size)) sections.push(await overheadOf(bench, task, size));
  return sections;
}

async function overheadOf(bench: Bench, task: Task, size: number): Promise<Section> {
  const levels = bench.quick ? 2 : 6;
  const rounds = bench.quick ? 1 : bench.rounds;
  const { works, spent, close } = await prepare(bench, task, { size, levels });
  const taken = await interleave(rounds, works);
  await close();
  return {
    title: `Overhead of DPS-MO, ${task.name}, ${size} px, N = ${innerSteps}`,
    about: `Milliseconds a network evaluation; ${levels} levels a run, ${count(bench.threads, "thread")}, medians of ${count(rounds, "round")} in which all take turns. The overhead is what the run takes above the three terms, as a share of the run: once of the time that passed, once of the time that all threads computed, which other processes disturb less.`,
    figures: [
      ...terms.flatMap(([name, label, note]) => [
        {
          name: label,
          value: medianOf(taken, (r) => r[name].wall) / levels,
          unit: "ms",
          note,
        } as const,
        {
          name: `${label}, computing`,
          value: medianOf(taken, (r) => r[name].cpu) / levels,
          unit: "ms",
        } as const,
      ]),
      {
        name: "overhead, computing",
        value: medianOf(taken, (r) => share(r, "cpu")),
        unit: "%",
        most: 5,
      },
      {
        name: "overhead",
        value: medianOf(taken, (r) => share(r, "wall")),
        unit: "%",
        most: 5,
        note: "(run - network - SGLD - noise) / run",
      },
      {
        name: "overhead, rewritten network, computing",
        value: medianOf(taken, (r) => share(r, "cpu", "rewritten")),
        unit: "%",
        most: 5,
      },
      {
        name: "overhead, rewritten network",
        value: medianOf(taken, (r) => share(r, "wall", "rewritten")),
        unit: "%",
        most: 5,
        note: "what the file's rewriting saves is no credit here",
      },
      ...inside(spent.slice(1), levels),
    ],
  };
}

const terms = [
  ["run", "run", "the whole run, sessions at hand"],
  ["network", "network", "the prior's own file in a session of its own"],
  [
    "rewritten",
    "network, rewritten",
    "the same as the run holds it: for one shape, constants computed",
  ],
  ["sgld", "SGLD", `${innerSteps} steps written by hand as one program, in a session of its own`],
  ["noise", "noise", `${innerSteps + 1} draws from the pool, nothing beside it`],
] as const;

type Round = Readonly<Record<(typeof terms)[number][0], Taken>>;

function share(
  round: Round,
  of: keyof Taken,
  network: "network" | "rewritten" = "network",
): number {
  const { run, sgld, noise } = round;
  return (100 * (run[of] - round[network][of] - sgld[of] - noise[of])) / run[of];
}

/** What the run itself counted. */
function inside(spent: readonly Timings[], levels: number): readonly Figure[] {
  const part = (name: string, of: (t: Timings) => number): Figure => ({
    name: `of the run: ${name}`,
    value: medianOf(spent, of) / levels,
    unit: "ms",
  });
  return [
    part("network", (t) => t.networks),
    part("step functions", (t) => t.steps),
    part("waiting for noise", (t) => t.noise),
    part("the rest", (t) => t.total - t.sessions - t.noise),
  ];
}

async function prepare(
  bench: Bench,
  { operator }: Task,
  { size, levels }: { readonly size: number; readonly levels: number },
) {
  const shape = [1, 3, size, size];
  const model = loadPrior(bench.models, "photo64");
  const { backend } = await createNodeBackend("cpu", { threads: bench.threads });
  const sessions = createSessionCache(backend);
  const pool = createNoisePool({ start: startNodePoolWorker });
  const compiled = compileDpsMo({
    model,
    image: syntheticImage(shape),
    operator,
    levels,
    innerSteps,
  });
  const network = await bareModel(model.bytes, bench.threads, {
    x: filled(shape),
    sigma: filled([1]),
  });
  const read = networkProgram(model, { x: shape, sigma: [1] });
  const rewritten = await bareModel(writeModel(lowerProgram(read.program), read), bench.threads, {
    x: filled(shape),
    sigma: filled([1]),
  });
  const bound = operatorFor(operator.type, operator.params, shape.slice(1));
  const sgld = await bareProgram(sgldProgram(bound, innerSteps), bench.threads);
  const spent: Timings[] = [];
  const clock = () => performance.now();
  return {
    spent,
    works: {
      run: async () => {
        for await (const event of run(compiled, {
          backend,
          sessions,
          seed: 1,
          noise: philoxNoise(1, pool),
          clock,
        }))
          if (event.type === "done") spent.push(event.timings);
      },
      network: () => times(levels, network.run),
      rewritten: () => times(levels, rewritten.run),
      sgld: () => times(levels, sgld.run),
      noise: () => drawAll(pool, shape, levels),
    },
    close: () =>
      Promise.all([
        network.release(),
        rewritten.release(),
        sgld.release(),
        backend.close(),
        pool.close(),
      ]),
  };
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i += 1) await work();
}

/** The draws of a run, made, copied out and given back as a run does. */
async function drawAll(pool: NoisePool, shape: Shape, levels: number): Promise<void> {
  const noise = philoxNoise(2, pool);
  for (let k = 0; k < levels; k += 1) {
    const draws = Array.from({ length: innerSteps + 1 }, (_, j): NoiseDraw => ({
      stream: "bench",
      shape,
      indices: [k, j],
      samples: [0],
    }));
    noise.prefetch(draws);
    for (const draw of draws) noise.recycle?.(await noise.draw(draw));
  }
  noise.finish();
}
