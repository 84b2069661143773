import "../subject.ts";
import { createNodeBackend } from "../../../runtime/execute/ort-node.ts";

/** Loads the program and onnxruntime, and does nothing: the memory that all others have on top. */
export async function nothing(): Promise<Readonly<Record<string, number>>> {
  await createNodeBackend("cpu");
  return {};
}
