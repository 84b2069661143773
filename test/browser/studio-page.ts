/** What the page offers as `globalThis.studio`: the editor's run store on the opening example. */
export interface StudioPage {
  start(): void;
  cancel(): void;
  /** As when the studio's worker dies. */
  crash(): void;
  /** Resolves when the run is in one of these phases; codes of what went wrong. */
  until(
    ...phases: readonly string[]
  ): Promise<{ readonly phase: string; readonly codes: readonly string[] }>;
  /** The newest frame of a wire. */
  frame(wire: string): Promise<readonly number[] | null>;
  /** A picture of the library, as the worker decodes it. */
  picture(
    name: string,
  ): Promise<{ readonly shape: readonly number[]; readonly values: readonly number[] }>;
}
