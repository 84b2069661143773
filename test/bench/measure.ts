/** A piece of work whose duration is measured; async where it returns a promise. */
export type Work = () => unknown;

/** Milliseconds that passed, and that the process's threads computed: the second hardly feels a busy machine. */
export interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

/**
 * What each work took, `[round][name]`. The works take turns in every round, so that a busy spell
 * of the machine falls on all of them; one round before is not counted.
 */
export async function interleave<K extends string>(
  rounds: number,
  works: Readonly<Record<K, Work>>,
): Promise<readonly Readonly<Record<K, Taken>>[]> {
  const names = Object.keys(works) as K[];
  const round = async (): Promise<Record<K, Taken>> => {
    const taken = {} as Record<K, Taken>;
    for (const name of names) taken[name] = await take(works[name]);
    return taken;
  };
  await round();
  const all: Record<K, Taken>[] = [];
  for (let i = 0; i < rounds; i += 1) all.push(await round());
  return all;
}

export async function take(work: Work): Promise<Taken> {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - begin, cpu: (user + system) / 1000 };
}

/** The middle value; the lower of two. NaN of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** The median over rounds of a number computed from each round. */
export function medianOf<R>(rounds: readonly R[], of: (round: R) => number): number {
  return median(rounds.map(of));
}
