import { zipSync, type Zippable } from "fflate";
import { issueError, type IssueAt } from "../base/issue.ts";
import { readNpy, writeNpy } from "./npy.ts";
import type { TensorData } from "./tensor.ts";
import { readZip } from "./zip.ts";

/**
 * The arrays of a NumPy .npz archive by name (`numpy.savez`, `numpy.savez_compressed`).
 * The names come without the `.npy` of the members; they may hold slashes.
 *
 * @throws IssueError `file.zip` for a broken archive, `file.npz` for a member that is no array or
 * stands twice, `file.npy` for a broken array; `at.path` ends with the member's name.
 */
export function readNpz(bytes: Uint8Array, at: IssueAt = {}): Record<string, TensorData> {
  const arrays = new Map<string, TensorData>();
  for (const member of readZip(bytes, at)) {
    const name = member.name.replace(/\.npy$/, "");
    const here = { ...at, path: [...(at.path ?? []), name] };
    if (name === member.name)
      throw issueError("file.npz", "The archive's member is no .npy array.", here);
    if (arrays.has(name)) throw issueError("file.npz", "The archive holds this array twice.", here);
    arrays.set(name, readNpy(member.bytes, here));
  }
  return Object.fromEntries(arrays);
}

/** The bytes of a .npz archive, uncompressed as `numpy.savez` writes it. Equal input, equal bytes. */
export function writeNpz(arrays: Readonly<Record<string, TensorData>>): Uint8Array {
  const members: Zippable = Object.fromEntries(
    Object.entries(arrays).map(([name, tensor]) => [`${name}.npy`, writeNpy(tensor)]),
  );
  return zipSync(members, { level: 0, mtime: new Date(1980, 0, 1) });
}
