import { IssueError } from "../../../runtime/base/issue.ts";
import type { Assets } from "../../../runtime/compile/assets.ts";
import type { AnyNode, BuildContext } from "../../../runtime/graph/define-node.ts";
import { readParams } from "../../../runtime/graph/params.ts";
import type { OperatorValue } from "../../../runtime/graph/values.ts";
import { constantHost } from "../../../runtime/trace/host.ts";
import { createRecorder } from "../../../runtime/trace/recorder.ts";

/** The port of a node that gives an operator, where it has one. */
export function operatorPort(definition: Pick<AnyNode, "outputs">): string | undefined {
  const { outputs } = definition;
  return Object.keys(outputs).find((name) => outputs[name]?.kind === "operator");
}

/** Inputs that a node cannot do without, other than operators. */
export const wantsBesides = ({ inputs }: Pick<AnyNode, "inputs">): readonly string[] =>
  Object.entries(inputs).flatMap(([name, { kind, optional }]) =>
    kind === "operator" || optional === true ? [] : [name],
  );

export interface Given {
  readonly params: Readonly<Record<string, unknown>>;
  readonly operators?: Readonly<Record<string, OperatorValue>>;
  readonly assets: Assets;
}

/** The operator that a node makes outside of any run; or why it makes none. */
export function makeOperator(
  definition: AnyNode,
  { params: written, operators = {}, assets }: Given,
): OperatorValue | { readonly why: string } {
  const { params, scalars, faults } = readParams(definition, written);
  const port = operatorPort(definition);
  if (params === null || port === undefined) return { why: faults.map(faultText).join(" ") };
  const numbers = Object.entries(scalars).flatMap(([name, value]) =>
    typeof value === "number" ? [[name, { on: "host", host: constantHost(value) }] as const] : [],
  );
  try {
    const made = definition.build({
      params: params as never,
      scalars: Object.fromEntries(numbers) as never,
      inputs: operators as never,
      ctx: contextOf(definition.type, assets),
    });
    return made[port] as OperatorValue;
  } catch (error) {
    if (error instanceof IssueError || error instanceof RangeError) return { why: error.message };
    throw error;
  }
}

const faultText = ({
  path,
  message,
}: {
  readonly path: readonly unknown[];
  readonly message: string;
}) => `${path.map(String).join(".")}: ${message}`;

/** What a node may ask for while its operator is made: files. The rest belongs to a run. */
function contextOf(path: string, { tensors, models }: Assets): BuildContext {
  const recorder = createRecorder();
  const file = <T>(from: ReadonlyMap<string, T>, name: string): T => {
    const found = from.get(name);
    if (found === undefined) throw new Error(`internal: ${name} was not loaded`);
    return found;
  };
  const noRun = () => {
    throw new Error(`internal: ${path} wants a run to make its operator`);
  };
  return {
    ...recorder,
    path,
    batch: 1,
    scalar: noRun,
    noise: noRun,
    input: noRun,
    image: (name) => file(tensors, name),
    tensor: (name) => file(tensors, name),
    model: (name) => file(models, name),
    gradient: noRun,
    stopGradient: noRun,
    readBack: noRun,
    evaluateNetwork: noRun,
    countEvaluation: noRun,
    warn: () => {},
  };
}
