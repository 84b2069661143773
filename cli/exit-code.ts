/**
 * 0 done, 1 the graph or an input is wrong, 2 the call is, 3 it failed while running, 130 it was
 * interrupted. Anything else that is thrown is a fault of Denoodle's own.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;
