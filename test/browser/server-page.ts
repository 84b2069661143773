/** What the page offers as `globalThis.page`, once it is not about to be loaded again. */
export interface ServerPage {
  readonly isolated: boolean;
  /** How often this tab has loaded the page. */
  readonly loads: number;
  /** The graph that the server was started with. */
  readonly opened: string | null;
  readonly readOpened: () => Promise<string | null>;
  /** Outputs of a run on the page's server; its issues where it failed. Requests are plain data. */
  readonly onServer: (request: unknown) => Promise<unknown>;
  /** The same in the page's own workers. */
  readonly here: (request: unknown) => Promise<unknown>;
}
