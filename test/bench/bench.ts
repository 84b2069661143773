/** How the bench runs. */
export interface Bench {
  /** A smoke run: small sizes, few rounds. */
  readonly quick: boolean;
  /** Threads of every session. */
  readonly threads: number;
  /** Rounds in which what is compared takes turns. */
  readonly rounds: number;
  /** The folder of the priors. */
  readonly models: string;
}
