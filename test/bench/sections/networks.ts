import { vjpProgram } from "../../../runtime/autodiff/vjp-program.ts";
import { importModel } from "../../../runtime/onnx/import-model.ts";
import { readModel } from "../../../runtime/onnx/model.ts";
import { bareProgram } from "../bare.ts";
import type { Bench } from "../bench.ts";
import { interleave, medianOf } from "../measure.ts";
import type { Figure, Section } from "../report.ts";
import { loadPrior, type PriorName } from "../subject.ts";

interface Case {
  readonly prior: PriorName;
  readonly channels: number;
  readonly size: number;
}

const cases: readonly Case[] = [
  { prior: "fashion28", channels: 1, size: 28 },
  { prior: "photo64", channels: 3, size: 64 },
  { prior: "photo64", channels: 3, size: 256 },
];

/** What the gradient through a network costs, in evaluations of the network. */
export async function networks(bench: Bench): Promise<Section> {
  const figures: Figure[] = [];
  for (const one of bench.quick ? cases.slice(0, 1) : cases)
    figures.push(...(await ratio(bench, one)));
  return {
    title: "Gradient through a network",
    about: `Forward and vector-Jacobian product in one program, over the forward program alone; ${bench.threads} threads, medians of ${bench.rounds} rounds in which the two take turns.`,
    figures,
  };
}

async function ratio(bench: Bench, { prior, channels, size }: Case): Promise<readonly Figure[]> {
  const shape = [1, channels, size, size];
  const { program } = importModel(readModel(loadPrior(bench.models, prior).bytes), {
    shapes: { x: shape, sigma: [1] },
  });
  const forward = await bareProgram(program, bench.threads);
  const both = await bareProgram(vjpProgram(program, { of: [0] }), bench.threads);
  const repeats = Math.max(1, Math.round((64 / size) ** 2));
  const times = (work: () => Promise<unknown>) => async () => {
    for (let i = 0; i < repeats; i += 1) await work();
  };
  const taken = await interleave(bench.quick ? 1 : bench.rounds, {
    forward: times(forward.run),
    both: times(both.run),
  });
  await Promise.all([forward.release(), both.release()]);
  const name = `${prior} at ${size} px`;
  return [
    {
      name: `${name}, computing`,
      value: medianOf(taken, (r) => r.both.cpu / r.forward.cpu),
      unit: "x",
      most: 2.6,
    },
    {
      name,
      value: medianOf(taken, (r) => r.both.wall / r.forward.wall),
      unit: "x",
      most: 2.6,
      note: `forward ${(medianOf(taken, (r) => r.forward.wall) / repeats).toFixed(1)} ms`,
    },
  ];
}
