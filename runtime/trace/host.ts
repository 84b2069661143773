/**
 * Host values: float64 arithmetic that is known when compiling (static), once a run, or once an
 * iteration of a zone. A host value belongs to the innermost scope that its arguments belong to.
 */
export interface Scope {
  readonly parent: Scope | null;
  readonly depth: number;
  /** The zone's path, "" for the graph itself. */
  readonly path: string;
}

export function newScope(parent: Scope | null, path: string): Scope {
  return { parent, depth: parent === null ? 0 : parent.depth + 1, path };
}

/** A value computed on the host; `scope` null: static, known when compiling. */
export interface Host<T> {
  readonly scope: Scope | null;
  readonly args: readonly Host<unknown>[];
  readonly compute: (...args: never[]) => T;
  /** The value where static. */
  readonly known?: { readonly value: T };
}

type Values<A extends readonly Host<unknown>[]> = {
  [K in keyof A]: A[K] extends Host<infer T> ? T : never;
};

/** A static host value. */
export function constantHost<T>(value: T): Host<T> {
  return { scope: null, args: [], compute: () => value, known: { value } };
}

/** A host value set from outside when a frame of `scope` begins: a param, an iteration counter, a read-back. */
export function leafHost<T>(scope: Scope, name: string): Host<T> {
  return {
    scope,
    args: [],
    compute: () => {
      throw new Error(`internal: host value ${name} was read before it was set`);
    },
  };
}

/** `compute` of host values; folded at once when all of them are static. */
export function mapHost<const A extends readonly Host<unknown>[], T>(
  args: A,
  compute: (...values: Values<A>) => T,
): Host<T> {
  if (args.every((arg) => arg.known !== undefined)) {
    const values = args.map((arg) => arg.known?.value) as Values<A>;
    return constantHost(compute(...values));
  }
  let scope: Scope | null = null;
  for (const arg of args)
    if (arg.scope !== null && (scope === null || arg.scope.depth > scope.depth)) scope = arg.scope;
  return { scope, args, compute: compute as (...args: never[]) => T };
}

/** What has to be set before the value can be computed. */
export function leavesOf(host: Host<unknown>): ReadonlySet<Host<unknown>> {
  const seen = new Set<Host<unknown>>([host]);
  for (const h of seen) for (const arg of h.args) seen.add(arg);
  return new Set([...seen].filter((h) => h.args.length === 0 && h.known === undefined));
}

/** The values of one execution of a scope; memoises what was computed in it. */
export interface Frame {
  readonly scope: Scope;
  readonly parent: Frame | null;
  readonly values: Map<Host<unknown>, unknown>;
}

export function newFrame(scope: Scope, parent: Frame | null): Frame {
  return { scope, parent, values: new Map() };
}

/** The value of `host` in `frame`, computed at most once a frame. */
export function evaluate<T>(host: Host<T>, frame: Frame): T {
  if (host.known !== undefined) return host.known.value;
  let home: Frame | null = frame;
  while (home !== null && home.scope !== host.scope) home = home.parent;
  if (home === null) throw new Error("internal: host value of a scope that is not running");
  if (home.values.has(host)) return home.values.get(host) as T;
  const args = host.args.map((arg) => evaluate(arg, frame)) as never[];
  const value = host.compute(...args);
  home.values.set(host, value);
  return value;
}
