import type { NetworkPorts } from "../network.ts";
import type { Parametrisation, PartialParametrisation } from "../parametrisation.ts";
import type { Ask, Tick } from "./ask.ts";
import { candidatesFor, describeAsked } from "./candidates.ts";
import type { Finding } from "./findings.ts";
import { fitOf, leastGain } from "./measure.ts";
import type { Reference } from "./references.ts";

/** A convention that was tried. */
export interface Fit {
  readonly text: string;
  readonly partial: PartialParametrisation;
  /** dB that the answers are nearer to the clean signal than the noisy one. */
  readonly gainDb: number;
  /** Why the network could not be run in this convention. */
  readonly failure?: string;
}

/** Noise levels at which conventions are told apart. */
const fitSigmas = [0.1, 0.5, 2] as const;

/** How well one convention fits, on the first of the pictures. */
export const gainOf = (
  ask: Ask,
  asked: Parametrisation,
  pictures: readonly Reference[],
): Promise<number> => fitOf(ask, asked, pictures.slice(0, 1), fitSigmas);

/** Every convention that the network's inputs allow, best first. */
export async function rankConventions(
  ask: Ask,
  { ports, known }: { readonly ports: NetworkPorts; readonly known: PartialParametrisation },
  pictures: readonly Reference[],
  tick: Tick = () => {},
): Promise<readonly Fit[]> {
  const fits: Fit[] = [];
  const candidates = candidatesFor(ports.time?.dtype ?? null, known);
  for (const [done, { asked, partial, text }] of candidates.entries()) {
    await tick(done, candidates.length);
    fits.push({ text, partial, ...(await gainOrFailure(ask, asked, pictures)) });
  }
  // Equal fits stay in the order of the list, the usual ones first.
  const rounded = (gain: number) => Math.round(gain / sameDb);
  return fits.toSorted((a, b) => rounded(b.gainDb) - rounded(a.gainDb));
}

/** A convention may ask for what the network cannot take, such as an index beyond its table. */
async function gainOrFailure(
  ask: Ask,
  asked: Parametrisation,
  pictures: readonly Reference[],
): Promise<Pick<Fit, "gainDb" | "failure">> {
  try {
    return { gainDb: await gainOf(ask, asked, pictures) };
  } catch (error) {
    return { gainDb: leastGain, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Conventions nearer than this cannot be told apart; one further off than `otherDb` is another. */
const sameDb = 0.1;
const otherDb = 0.5;

/** Whether another convention than `asked` fits better; `own` is its gain, null where it was not said. */
export function conventionFindings(
  own: number | null,
  asked: Parametrisation,
  fits: readonly Fit[],
): readonly Finding[] {
  const [best] = fits;
  if (best === undefined) return [];
  if (best.gainDb <= 0)
    return [
      {
        verdict: "fail",
        message: "In no convention that was tried do the answers come nearer to the clean signal.",
      },
    ];
  const looks = `This network looks like: ${best.text}`;
  if (own === null)
    return [
      { verdict: "warn", message: `${looks} (${decibel(best.gainDb)}).${alike(best, fits)}` },
    ];
  if (best.gainDb - own > otherDb)
    return [
      {
        verdict: "fail",
        message: `${looks}; not ${describeAsked(asked)} (${decibel(best.gainDb)} against ${decibel(own)}).${alike(best, fits)}`,
      },
    ];
  return [
    {
      verdict: "pass",
      message: `No other convention fits better than: ${describeAsked(asked)} (${decibel(own)}).`,
    },
  ];
}

/** The conventions that cannot be told from the best. */
function alike(best: Fit, fits: readonly Fit[]): string {
  const texts = fits
    .filter(({ gainDb, text }) => best.gainDb - gainDb <= sameDb && text !== best.text)
    .map(({ text }) => text);
  return texts.length === 0 ? "" : ` Hardly different: ${texts.slice(0, 3).join("; ")}.`;
}

const decibel = (gain: number) => `a gain of ${gain.toFixed(1)} dB`;
