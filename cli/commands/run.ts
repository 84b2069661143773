import { relative, resolve } from "node:path";
import { registry } from "../../nodes/index.ts";
import { UsageError, type Command, type Given } from "../command.ts";
import { startEngineProcess, type EngineProcess } from "../engine/engine-process.ts";
import type { ExitCode } from "../exit-code.ts";
import { reportError, reportWarning, warnOnce } from "../report-issues.ts";
import { checkpointPath, readCheckpoint, writeCheckpoint } from "../run/checkpoint-file.ts";
import { execute, type Watcher } from "../run/execute.ts";
import { eventLine } from "../run/json-lines.ts";
import type { Outcome } from "../run/outcome.ts";
import { freeFolder, wantedFolder } from "../run/output-folder.ts";
import { prepare, type Prepared } from "../run/prepare.ts";
import { noProgress, progressBar, type Progress } from "../run/progress.ts";
import { readRecord } from "../run/read-record.ts";
import { scoreRecord } from "../run/record.ts";
import { saveRun } from "../run/save.ts";
import { score } from "../run/score.ts";
import { readSettings, type RunSettings } from "../run/settings.ts";
import { summary } from "../run/summary.ts";
import { unusualFeeds, unusualOutputs } from "../run/unusual-range.ts";
import { IssueError, type Issue } from "../../runtime/base/issue.ts";
import type { Terminal } from "../terminal.ts";

export const runCommand: Command = {
  summary: "Runs a graph and keeps its pictures and numbers.",
  positionals: "GRAPH",
  options: {
    task: {
      value: "FILE",
      help: "Operator, noise and image; none for no task. Default: the graph's own.",
    },
    with: {
      value: "SLOT=NODE:params",
      repeats: true,
      help: "Puts a node or a number into an input.",
    },
    in: {
      value: "NAME=FILE",
      repeats: true,
      help: "Feeds an input from PNG, JPEG, WebP, .npy, .npz, or a shipped picture.",
    },
    fit: {
      value: "HOW[:SIZE]",
      help: "Makes --in pictures fit the prior: crop, pad or resize; SIZE is 256 or 240x320.",
    },
    set: {
      value: "NODE.PARAM=VALUE",
      repeats: true,
      help: "Changes a param; NODE may be the end of a path.",
    },
    seed: { value: "N", help: "Root of all random numbers. Default: 0." },
    samples: { value: "N", help: "Samples of the same measurement, as a batch. Default: 1." },
    backend: { value: "NAME", help: "cpu, webgpu, cuda, or auto to try them. Default: cpu." },
    threads: { value: "N", help: "Threads on the cpu. Default: its cores, at most 8." },
    probe: { value: "WIRE", repeats: true, help: "Keeps a wire's values of every iteration." },
    tape: { value: "FILE", help: "Takes the noise from an .npz file instead." },
    checkpoint: { value: "FILE", help: "Keeps where the run stands, after every iteration." },
    resume: { value: "FILE", help: "Goes on from a checkpoint, to the same bits." },
    out: { value: "DIR", help: "Folder of the results. Default: out/NAME-1, -2, …" },
    json: { help: "Prints each event as a line of JSON." },
  },
  notes: [
    "GRAPH and the task are files, or names of shipped ones.",
    "The folder of an earlier run as GRAPH repeats that run, to the same bits.",
    "Examples:",
    "  denoodle run dps-mo --task super-resolution-x4-64 --seed 3",
    "  denoodle run out/dps-mo-1",
    "  denoodle run dps-mo --with operator=operator/average:factor=4 --in measurement=y.png",
  ],
  run: (given, terminal) => runGraph(given, terminal),
};

/** Runs what the command line says. `start` stands in for the engine's process in tests. */
export async function runGraph(
  given: Given,
  terminal: Terminal,
  start: () => EngineProcess = startEngineProcess,
): Promise<ExitCode> {
  const [graph, ...extra] = given.positionals;
  if (graph === undefined || extra.length > 0)
    throw new UsageError("denoodle run takes one graph: denoodle run GRAPH.");
  const settings = readSettings(graph, given);
  const json = given.switches.has("json");
  // The engine loads while the files are read.
  const engine = start();
  try {
    return await runWith(engine, settings, { terminal, given, json });
  } finally {
    engine.kill();
  }
}

interface Manner {
  readonly terminal: Terminal;
  readonly given: Given;
  readonly json: boolean;
}

async function runWith(
  engine: EngineProcess,
  settings: RunSettings,
  manner: Manner,
): Promise<ExitCode> {
  const { terminal } = manner;
  const recorded = await readRecord(settings, terminal.cwd);
  if (recorded !== null) {
    refuseChanges(manner.given);
    reportWarning(repeats(settings.graph, recorded.graph.document.name), terminal);
  }
  const wanted = await wantedPlaces(settings, terminal.cwd);
  const prepared = await prepare(recorded?.settings ?? settings, {
    engine,
    registry,
    cwd: terminal.cwd,
    files: recorded ?? undefined,
  });
  recorded?.check(prepared);
  const warn = warnOnce(terminal);
  for (const { file, issue } of prepared.notes) warn(issue, file);
  const noted = prepared.notes.map(({ issue }) => issue);
  const folder = wanted.folder ?? freeFolder(prepared.graph.document.name, terminal.cwd);
  const resume =
    settings.resume === undefined
      ? undefined
      : await readCheckpoint(resolve(terminal.cwd, settings.resume), prepared);
  const progress = progressOf(manner, prepared);
  const watcher = watcherOf(manner, prepared, { progress, warn, checkpoint: wanted.checkpoint });
  const say = (issue: Issue): void => watcher.event({ type: "warning", issue });
  const before = unusualFeeds(prepared);
  before.forEach(say);
  let ran: Outcome;
  try {
    ran = await execute(engine, prepared, terminal, { ...watcher, ...(resume && { resume }) });
  } finally {
    progress.stop();
  }
  const after = unusualOutputs(ran.outputs);
  after.forEach(say);
  const outcome = { ...ran, warnings: [...noted, ...before, ...ran.warnings, ...after] };
  // Another Ctrl-C must not stop the writing half-way.
  const calm = terminal.onInterrupt(() => {});
  try {
    return await finish(engine, prepared, outcome, { ...manner, folder });
  } finally {
    calm();
  }
}

/**
 * What may be given when a run is repeated: nothing that changes what is computed. Another backend
 * computes the same to rounding, not to the bit; without it the recorded one is used.
 */
const harmless: ReadonlySet<string> = new Set([
  "out",
  "probe",
  "checkpoint",
  "resume",
  "threads",
  "backend",
]);

function refuseChanges({ values }: Given): void {
  const changes = [...values.keys()].filter((option) => !harmless.has(option));
  if (changes.length > 0)
    throw new UsageError(
      `A run is repeated as it was: ${changes.map((option) => `--${option}`).join(", ")} cannot be given.`,
    );
}

function progressOf({ terminal, json }: Manner, { graph }: Prepared): Progress {
  if (json || terminal.progress === undefined) return noProgress;
  return progressBar(terminal.progress, graph.document.name);
}

/** Where the command line wants results and checkpoints; nothing has run yet, and nothing is written. */
async function wantedPlaces({ out, checkpoint }: RunSettings, cwd: string) {
  const folder = out === undefined ? null : wantedFolder(out, cwd);
  return {
    folder,
    checkpoint: checkpoint === undefined ? null : await checkpointPath(checkpoint, folder, cwd),
  };
}

const repeats = (folder: string, name: string): Issue => ({
  code: "run.repeated",
  message: `${folder} holds a run of ${name}, which is run again as it was.`,
  at: {},
});

interface Telling {
  /** The file of the checkpoints. */
  readonly checkpoint: string | null;
  readonly progress: Progress;
  readonly warn: ReturnType<typeof warnOnce>;
}

function watcherOf(
  { terminal, json }: Manner,
  prepared: Prepared,
  { progress, warn, checkpoint }: Telling,
): Watcher {
  return {
    event(event) {
      progress.take(event);
      if (json) terminal.out(eventLine(event));
      else if (event.type === "warning") warn(event.issue);
    },
    ...(checkpoint === null
      ? {}
      : { checkpoint: (state) => writeCheckpoint(checkpoint, prepared, state) }),
  };
}

const endings: Readonly<Record<Outcome["status"], ExitCode>> = {
  done: 0,
  failed: 3,
  interrupted: 130,
};

async function finish(
  engine: EngineProcess,
  prepared: Prepared,
  outcome: Outcome,
  { terminal, given, json, folder }: Manner & { readonly folder: string },
): Promise<ExitCode> {
  const { status, issues, steps } = outcome;
  const scores = await score(engine, prepared, outcome);
  const isWorthKeeping = status === "done" || Object.keys(outcome.outputs).length > 0;
  if (isWorthKeeping) await saveRun(folder, prepared, outcome, { scores });
  const wasAsked = given.values.has("backend");
  const shown = relative(terminal.cwd, folder);
  if (json) {
    const out = isWorthKeeping ? folder : null;
    terminal.out(JSON.stringify({ type: "end", status, ...scoreRecord(scores), out, issues }));
    return endings[status];
  }
  if (issues.length > 0) reportError(new IssueError(issues), terminal, prepared.graph.shown);
  if (status === "interrupted")
    terminal.err(`Interrupted after ${steps.done} of ${steps.count} iterations.`);
  for (const line of summary(outcome, { scores, wasAsked }, terminal.colours)) terminal.out(line);
  if (isWorthKeeping)
    terminal.out(
      `${status === "done" ? "Results" : "What there is"}: ${shown.startsWith("..") ? folder : shown}`,
    );
  return endings[status];
}
