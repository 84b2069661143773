import { readTape } from "../../runtime/execute/noise/read-tape.ts";
import type { Tape } from "../../runtime/execute/noise/tape-noise.ts";
import { readNpy, writeNpy } from "../../runtime/tensor/npy.ts";
import { readNpz, writeNpz } from "../../runtime/tensor/npz.ts";
import type { TensorData } from "../../runtime/tensor/tensor.ts";
import { readBytes, writeBytes } from "./bytes.ts";

/** The tensor in a .npy file. @throws IssueError located at the path. */
export async function readNpyFile(path: string): Promise<TensorData> {
  return readNpy(await readBytes(path), { path: [path] });
}

/** Writes a .npy file, whole or not at all. @throws IssueError `file.write`. */
export async function writeNpyFile(path: string, tensor: TensorData): Promise<void> {
  await writeBytes(path, writeNpy(tensor));
}

/** The tensors in an .npz file by name. @throws IssueError located at the path and the member. */
export async function readNpzFile(path: string): Promise<Record<string, TensorData>> {
  return readNpz(await readBytes(path), { path: [path] });
}

/** Writes an .npz file, whole or not at all. @throws IssueError `file.write`. */
export async function writeNpzFile(
  path: string,
  arrays: Readonly<Record<string, TensorData>>,
): Promise<void> {
  await writeBytes(path, writeNpz(arrays));
}

/** The noise tape in an .npz file. @throws IssueError located at the path and the stream. */
export async function readTapeFile(path: string): Promise<Tape> {
  return readTape(await readBytes(path), { path: [path] });
}
