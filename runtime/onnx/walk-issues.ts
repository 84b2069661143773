import type { NodeProto } from "onnx-buf";
import { IssueError, issueError, type Issue } from "../base/issue.ts";
import { placeOf, type Frame } from "./frame.ts";
import { isStandard } from "./read/table.ts";

/** What a node's failure says to the user; anything but an issue or a row's sentence is a fault of ours. */
export function issuesOf(error: unknown, place: string, opType: string): readonly Issue[] {
  if (error instanceof IssueError)
    return error.issues.map((issue) => ({ ...issue, at: { node: place, ...issue.at } }));
  if (!(error instanceof RangeError)) throw error;
  const message = `The model's node "${place}" (${opType}) does not accept its inputs: ${error.message}.`;
  return [
    {
      code: "model.shape",
      message,
      at: { node: place },
      fix: "Give input shapes that the model accepts.",
    },
  ];
}

export function unknownOperator(node: NodeProto, frame: Frame): IssueError {
  const place = placeOf(node, frame);
  const name = isStandard(node.domain) ? node.opType : `${node.domain}.${node.opType}`;
  return issueError(
    "model.unsupported-operator",
    `The model's node "${place}" is a ${name}, which is not among the operators that programs are made of.`,
    { node: place },
    {
      got: name,
      fix: "Export the model so that this part uses standard operators, or remove it from the model.",
    },
  );
}

export function unwritten(name: string): IssueError {
  const message = `The model reads "${name}", which nothing in it writes.`;
  return issueError(
    "model.unreadable",
    message,
    { node: name },
    { fix: "Export the model again." },
  );
}

/** The one issue that ends a walk: going on would take too long. */
export function endsWalk(error: unknown): boolean {
  return error instanceof IssueError && error.issues[0]?.code === "model.too-nested";
}

export function tooMuch({ prefix }: Frame, what: string): IssueError {
  const at = prefix === "" ? {} : { node: prefix.slice(0, -1) };
  return issueError("model.too-nested", `The model holds ${what}.`, at, {
    fix: "Use another model, or export it without nested functions.",
  });
}
