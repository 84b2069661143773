import type { ModelCard } from "../own-files/own-file.ts";
import type { Convention } from "./convention.ts";
import type { AnswerTo } from "./prior-checks.ts";

interface Parts {
  readonly name: string;
  readonly convention: Convention;
  readonly read: AnswerTo<"read">;
  /** The card that came with the model; what it says beside `denoodle` stays. */
  readonly before: ModelCard | null;
  readonly test: AnswerTo<"test"> | null;
}

/** The card of a model as `models/*.json` have it: how the network is asked, and how well it did in the self-test. */
export function cardOf({ name, convention, read, before, test }: Parts): ModelCard {
  const { signature } = read;
  const described = (ports: typeof signature.inputs) =>
    Object.fromEntries(ports.map((p) => [p.name, `${p.dtype} [${p.dims.join(",")}]`]));
  return {
    name,
    inputs: described(signature.inputs),
    output: described(signature.outputs),
    parameters: signature.parameters,
    ...before,
    denoodle: convention,
    ...(test === null
      ? {}
      : {
          self_test: {
            asked: test.asked,
            pictures: test.synthetic ? "made up" : test.pictures,
            levels: test.levels.map(({ sigma, psnr, noisyPsnr }) => ({
              sigma: rounded(sigma),
              psnr: rounded(psnr),
              noisy_psnr: rounded(noisyPsnr),
            })),
          },
        }),
  };
}

const rounded = (value: number): number => Number(value.toFixed(4));

export const cardText = (card: ModelCard): string => `${JSON.stringify(card, null, 2)}\n`;
