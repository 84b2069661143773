import type { InferenceSession } from "onnxruntime-common";
import { type Issue, IssueError } from "../base/issue.ts";
import { formatShape, type TensorType } from "../tensor/tensor.ts";

const outOfMemory =
  /bad_alloc|out of memory|failed to allocate|cannot allocate|array buffer allocation|exceeds the max buffer/i;

/** onnxruntime refused a model. */
export function modelError(cause: unknown): IssueError {
  const got = reasonOf(cause);
  if (outOfMemory.test(got)) return memoryError("load this model", cause);
  const [, unstarted] = /no available backend found\. ERR: (.*)/.exec(got) ?? [];
  if (unstarted !== undefined) return startError(unstarted, cause);
  const message = `onnxruntime cannot load this model: ${got}.`;
  return new IssueError([{ code: "backend.model", message, at: nodeOf(cause), got }], { cause });
}

/** A run failed: says which feed does not fit where that is why, else what onnxruntime said. */
export function runError(
  cause: unknown,
  inputs: readonly InferenceSession.ValueMetadata[],
  feeds: Readonly<Record<string, { readonly type: TensorType }>>,
): IssueError {
  const misfits = inputs.flatMap((input) => whyNotFeed(input, feeds[input.name]?.type));
  if (misfits.length > 0) return new IssueError(misfits, { cause });
  const got = reasonOf(cause);
  if (outOfMemory.test(got)) return memoryError("run this model", cause);
  const message = `onnxruntime stopped while running the model: ${got}.`;
  return new IssueError([{ code: "backend.run", message, at: nodeOf(cause), got }], { cause });
}

/** onnxruntime-web loads its WebAssembly with the first model; `reasons` as `[wasm] TypeError: …`. */
function startError(reasons: string, cause: unknown): IssueError {
  const why = reasons.replace(/\b\w*Error: /g, "");
  const message = `onnxruntime could not start in this page: ${why}.`;
  const fix = "Check the connection and that the page's files are complete, then reload the page.";
  return new IssueError([{ code: "backend.unavailable", message, at: {}, fix }], { cause });
}

function memoryError(what: string, cause: unknown): IssueError {
  const message = `There is not enough memory on the device to ${what}.`;
  const fix = "Use smaller images, a smaller batch, or another backend.";
  return new IssueError([{ code: "backend.memory", message, at: {}, fix }], { cause });
}

function whyNotFeed(input: InferenceSession.ValueMetadata, fed: TensorType | undefined): Issue[] {
  const misfit = (message: string, more: Partial<Issue> = {}): Issue[] => [
    { code: "backend.feed", message, at: { port: input.name }, ...more },
  ];
  if (fed === undefined) return misfit(`The model's input "${input.name}" was not fed.`);
  if (!input.isTensor) return misfit(`The model's input "${input.name}" takes no tensor.`);
  const expected = `${input.type}${formatDims(input.shape)}`;
  const got = `${fed.dtype}${formatShape(fed.shape)}`;
  const fits =
    input.type === fed.dtype &&
    (input.shape.length === 0 || input.shape.length === fed.shape.length) &&
    input.shape.every((d, i) => typeof d === "string" || d === fed.shape[i]);
  if (fits) return [];
  return misfit(`The model's input "${input.name}" takes ${expected}, got ${got}.`, {
    expected,
    got,
  });
}

function formatDims(dims: readonly (number | string)[]): string {
  return `[${dims.map((d) => (d === "" ? "?" : d)).join(",")}]`;
}

/** The ONNX node that onnxruntime names in its message, where it does. */
function nodeOf(cause: unknown): { node?: string } {
  const [, name] = /Name:\s?'([^']+)'/.exec(textOf(cause)) ?? [];
  return name === undefined ? {} : { node: name };
}

/** What onnxruntime said, without its source files, function names and codes. */
export function reasonOf(cause: unknown): string {
  const text = textOf(cause)
    .replace(/\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : /g, "")
    .replace(/Non-zero status code returned while running/g, "in")
    .replace(/Status Message: /g, "")
    .replace(/Name:\s?''\s?/g, "")
    .replace(/\[with T = [^\]]*\] /g, "")
    .replace(/\/?\S*\.(cc|h):\d+ [^\n]*?\) (?=\S)/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return text.replace(/[.\s]+$/, "") || "it gave no reason";
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : `code ${String(cause)}`;
}
