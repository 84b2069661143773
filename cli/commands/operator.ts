import { createNodeBackend } from "../../runtime/execute/ort-node.ts";
import type { Shape } from "../../runtime/tensor/tensor.ts";
import { UsageError, valueOf, type Command } from "../command.ts";
import { formatOperatorCheck } from "./operator-check/format.ts";
import { everyOperator, namedOperators } from "./operator-check/subjects.ts";
import { openOn } from "./operator-check/written.ts";
import { checkOperator, type OperatorReport, type Subject } from "./operator-check.ts";

export const operatorCommand: Command = {
  summary: "Checks operators: do they do what they say?",
  positionals: "check [GRAPH|TYPE[:params]…]",
  options: {
    shape: {
      value: "C,H,W",
      help: "Shape of one signal. Default: that of the graph's picture, else 3,32,32.",
    },
    json: { help: "Prints the reports as one JSON object." },
  },
  notes: [
    "TYPE is a node such as operator/average:factor=2, its family left out or not; GRAPH a file,",
    "or the name of a shipped task or sampler. Without any, all operators are checked as they are.",
    "Computed are: linearity, gradient (against differences), adjoint, pseudo-inverse, projector,",
    "decomposition and the largest eigenvalue. Exit code 1 when a claim is wrong.",
  ],
  async run(given, terminal) {
    const [verb, ...names] = given.positionals;
    if (verb !== "check")
      throw new UsageError("denoodle operator knows one thing: denoodle operator check.");
    const shape = shapeOf(valueOf(given, "shape"));
    const subjects: Subject[] = [];
    for (const name of names) subjects.push(...(await namedOperators(name, shape, terminal.cwd)));
    const reports = await checkAll(names.length === 0 ? everyOperator(shape) : subjects);
    if (given.switches.has("json")) terminal.out(JSON.stringify({ operators: reports }));
    else for (const line of formatOperatorCheck(reports, terminal.colours)) terminal.out(line);
    const named = names.length > 0;
    const wrong = ({ verdict }: OperatorReport) =>
      verdict === "fail" || (named && verdict === "not checked");
    return reports.some(wrong) ? 1 : 0;
  },
};

function shapeOf(text: string | undefined): Shape | undefined {
  if (text === undefined) return undefined;
  const shape = text.split(",").map(Number);
  if (shape.every((size) => Number.isSafeInteger(size) && size > 0)) return shape;
  throw new UsageError(`--shape: expected whole numbers such as 3,32,32, got "${text}".`);
}

async function checkAll(subjects: readonly Subject[]): Promise<readonly OperatorReport[]> {
  const { backend } = await createNodeBackend("cpu");
  try {
    const reports: OperatorReport[] = [];
    for (const subject of subjects) reports.push(await checkOperator(openOn(backend), subject));
    return reports;
  } finally {
    await backend.close();
  }
}
